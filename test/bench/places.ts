import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { buildNext, startNext, untilAnswered } from '../../dev/next-server';
import { findPort } from '../../dev/ports';
import { openPostgresGate, type PostgresGate } from '../chaos/postgres-gate';
import { startTestStandIns } from '../support/stand-ins';
import { createTestDatabase } from '../support/test-database';
import { type AnsweringStripe, startAnsweringStripe } from './answering-stripe';
import { cloneCustomers } from './clone-customers';
import { createModel, type Model } from './model';

/** A database with so many customers, and what works on it: origins. */
export interface Place {
  customers: number;
  database: string;
  app: string;
  floor: string;
}

/** What closes it all, in the order of opening. */
export type Closers = (() => unknown)[];

interface Opening {
  closers: Closers;
  /** Is told what is being done. */
  say: (line: string) => void;
  /** Ends the opening at its next step. */
  signal: AbortSignal;
}

export interface World {
  model: Model;
  stripe: AnsweringStripe;
  places: readonly Place[];
  /** An app on the first database, whose statements go through a gate that counts them. */
  counted: { app: string; gate: PostgresGate };
  /** The origin of a Next app that does nothing. */
  emptyNext: string;
  /** Starts another app on the database with the most customers, for {@link measureProcesses}. */
  startAnother: () => Promise<App>;
}

/** An app in a process of its own. */
export interface App {
  origin: string;
  pid: number | undefined;
}

/**
 * Builds the app and starts it on a database for each number of customers, with a floor beside it.
 *
 * @param server the address of any database of a PostgreSQL server
 */
export async function openWorld(
  server: string,
  sizes: readonly number[],
  opening: Opening,
): Promise<World> {
  const { closers, say, signal } = opening;
  say('Building the app …');
  await buildNext('.');
  const empty = await placeEmptyNext(closers);
  await buildNext(empty);
  say('Starting the stand-ins …');
  process.env.TEST_DATABASE_URL = server;
  // Their own webhooks go nowhere.
  const standIns = await startTestStandIns('http://localhost:9');
  closers.push(() => standIns.close());
  const model = await createModel();
  const { DATABASE_URL = '', STRIPE_API_BASE = '' } = process.env;
  const stripe = await startAnsweringStripe(STRIPE_API_BASE, model.ids);
  closers.push(() => stripe.close());
  process.env.STRIPE_API_BASE = stripe.url;

  const places: Place[] = [];
  for (const customers of sizes) {
    say(`Filling a database with ${customers.toLocaleString('en')} customers …`);
    const { url: database, drop } = await createTestDatabase(server, DATABASE_URL);
    closers.push(drop);
    await cloneCustomers(database, customers, model, signal);
    const { origin: app } = await startApp(database, opening);
    places.push({ customers, database, app, floor: await startFloor(database, closers) });
  }
  const gate = await openPostgresGate(places[0]?.database ?? '');
  closers.push(() => gate.close());
  return {
    model,
    stripe,
    places,
    counted: { app: (await startApp(gate.url, opening)).origin, gate },
    emptyNext: (await startApp('', opening, empty)).origin,
    startAnother: () => startApp(places.at(-1)?.database ?? '', opening),
  };
}

async function startApp(database: string, { closers }: Opening, folder = '.'): Promise<App> {
  const port = await findPort('', 4100);
  const origin = `http://127.0.0.1:${port}`;
  const environment = { ...process.env, DATABASE_URL: database, NEXTAUTH_URL: origin };
  const printed: string[] = [];
  const next = startNext('start', port, environment, (line) => printed.push(line), folder);
  closers.push(() => next.stop());
  await untilAnswered(next, port).catch((cause: unknown) => {
    throw new Error(`The app did not start.\n${printed.join('\n')}`, { cause });
  });
  return { origin, pid: next.pid };
}

/** Outside of this repository: Next would find our proxy.ts and instrumentation.ts in the folders above. */
async function placeEmptyNext(closers: Closers): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'empty-next-'));
  closers.push(() => rm(folder, { recursive: true }));
  await cp(fileURLToPath(new URL('empty-next', import.meta.url)), folder, { recursive: true });
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'dir');
  return folder;
}

async function startFloor(database: string, closers: Closers): Promise<string> {
  const child = fork(fileURLToPath(new URL('floor.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx', '--import', './scripts/exit-with-parent.mjs'],
    env: { ...process.env, DATABASE_URL: database, NODE_ENV: 'production', EXIT_WITH_PARENT: '1' },
  });
  closers.push(() => child.connected && child.disconnect());
  const [message] = await once(child, 'message');
  return `http://127.0.0.1:${z.object({ port: z.int() }).parse(message).port}`;
}
