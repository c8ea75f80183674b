import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Cost } from './count';
import type { Line } from './report';

/** Ignored by git, as everything is that is about this machine. */
const FILE = 'node_modules/.cache/bench.json';

/** How much worse a ratio may be than last time: the rest is what else the machine did. */
const TOLERANCE = 1.15;

/** A number that should not grow. Only ratios and counts: milliseconds depend on what else runs. */
type Figures = Record<string, number>;

/**
 * What has become worse since the last run on this machine, in words; nothing without one. Then this
 * run is the last one.
 *
 * @param machine what must be the same for figures to be comparable
 */
export async function compareWithLast(
  machine: string,
  lines: readonly Line[],
  costs: readonly Cost[],
): Promise<string[]> {
  const now = figuresOf(lines, costs);
  const last = await readLast();
  await mkdir(path.dirname(FILE), { recursive: true });
  await writeFile(FILE, JSON.stringify({ machine, figures: now }));
  if (last?.machine !== machine) return [];
  return Object.entries(now).flatMap(([name, value]) => {
    const before = last.figures[name];
    if (before === undefined || value <= before * TOLERANCE) return [];
    return `${name}: ${value.toFixed(2)}, last time ${before.toFixed(2)}`;
  });
}

function figuresOf(lines: readonly Line[], costs: readonly Cost[]): Figures {
  const figures: Figures = {};
  for (const { work, server, customers, timesFloor, growth } of lines) {
    const name = `${work}, ${server}, ${customers} customers`;
    if (timesFloor) {
      figures[`${name}: p50 as a multiple of the floor's`] = timesFloor.p50;
      figures[`${name}: the floor's requests a second as a multiple`] = 1 / timesFloor.perSecond;
    }
    if (growth) figures[`${name}: growth of p50`] = growth.p50;
  }
  for (const { work, statements, stripeRequests } of costs) {
    figures[`${work}: SQL statements`] = statements;
    figures[`${work}: Stripe requests`] = stripeRequests;
  }
  return figures;
}

async function readLast(): Promise<z.infer<typeof schema> | null> {
  const text = await readFile(FILE, 'utf8').catch(() => null);
  return text === null ? null : schema.parse(JSON.parse(text));
}

const schema = z.object({ machine: z.string(), figures: z.record(z.string(), z.number()) });
