import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { cleanEnvironment } from '../support/clean-environment';
import { countCosts, isWithin } from './count';
import { compareWithLast } from './last-run';
import { type Closers, openWorld } from './places';
import { measureProcesses, processTable } from './processes';
import { table, toLines } from './report';
import { type Measured, measureRound } from './rounds';
import { findScans, scanTable } from './scans';

const ROOT = path.resolve(import.meta.dirname, '../..');
const USUAL_SERVER = 'postgresql://postgres@127.0.0.1:5432/postgres';
const FEWEST = 1_000;
const USUAL = 100_000;
const ROUNDS = 7;
/** Until V8 has compiled what runs often: some four thousand clicks. */
const WARM_UP_ROUNDS = 6;

/** Where it was measured, and what else was going on: load averages over a minute. */
interface Machine {
  cores: number;
  processor: string;
  node: string;
  postgres: string;
  load: { before: number | undefined; after: number | undefined };
}

const closers: Closers = [];
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interruption.abort(new Error('Interrupted.')));
}

/**
 * `npm run bench -- [--rounds N] [--customers N] [--check] [--json]`: what an event, a click and a page
 * cost. Ends with 1 when something is over budget, reads all of a large table or, with --check, is worse than
 * last time.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      customers: { type: 'string' },
      check: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const rounds = wholeNumber('--rounds', values.rounds ?? ROUNDS);
  const customers = values.customers
    ? [FEWEST, wholeNumber('--customers', values.customers)]
    : [FEWEST, USUAL];
  const { signal } = interruption;
  const server = process.env.TEST_DATABASE_URL || USUAL_SERVER;
  const postgres = await versionOf(server);
  cleanEnvironment(ROOT, process.env);
  const [loadBefore] = loadavg();
  const world = await openWorld(server, customers, { closers, say, signal });
  const costs = await countCosts(world, signal);
  for (let round = 1; round <= WARM_UP_ROUNDS; round++) {
    say(`Warming up, ${round} of ${WARM_UP_ROUNDS} …`);
    await measureRound(world, [], signal);
  }
  const measured: Measured[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`Round ${round} of ${rounds} …`);
    await measureRound(world, measured, signal);
  }
  say('Starting more processes …');
  const processes = await measureProcesses(world, signal);
  const scans = await findScans(world, { say, signal });
  const lines = toLines(measured);
  const machine: Machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.version,
    postgres,
    load: { before: loadBefore, after: loadavg()[0] },
  };
  if (values.json) console.log(JSON.stringify({ machine, rounds, lines, costs, processes, scans }));
  else {
    const tables = [table(lines, costs), processTable(processes), scanTable(scans)];
    console.log([...tables, wordsOf(machine)].join('\n\n'));
  }
  const same = `${machine.processor}, ${machine.cores} cores, Node ${machine.node}, PostgreSQL ${postgres}`;
  const worse = await compareWithLast(same, lines, costs);
  if (values.check) for (const each of worse) say(`Worse than last time: ${each}`);
  return costs.every(isWithin) && scans.length === 0 && !(values.check && worse.length > 0) ? 0 : 1;
}

function wholeNumber(name: string, value: string | number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${name} wants a whole number from 1.`);
}

function wordsOf({ cores, processor, node, postgres, load }: Machine): string {
  const loads = `${load.before?.toFixed(1)} before and ${load.after?.toFixed(1)} after`;
  return `${cores} cores (${processor}), Node ${node}, PostgreSQL ${postgres}, load ${loads}`;
}

/** @throws Error in plain words when no PostgreSQL answers */
async function versionOf(server: string): Promise<string> {
  if (!URL.canParse(server)) throw new Error('TEST_DATABASE_URL is not an address.');
  const client = new Client({ connectionString: server, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? 'unknown';
  } catch (cause) {
    const { host } = new URL(server);
    throw new Error(
      `No PostgreSQL lets us in at ${host} (${cause instanceof Error ? cause.message : cause}). Name one where we may create databases with TEST_DATABASE_URL; the embedded one would be measured instead of the app.`,
      { cause },
    );
  } finally {
    await client.end();
  }
}

function say(line: string): void {
  console.error(line);
}

/** In reverse order, and all of them, whatever becomes of one. */
async function close(): Promise<void> {
  for (const closer of closers.splice(0).reverse()) {
    try {
      await closer();
    } catch (error) {
      say(String(error));
    }
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  // When we are told to end, so are the servers, and what was asked of them fails in its own way.
  const reason: unknown = interruption.signal.aborted ? interruption.signal.reason : error;
  say(reason instanceof Error ? reason.message : String(reason));
  process.exitCode = 1;
} finally {
  await close();
  process.exit();
}
