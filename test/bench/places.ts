import { fork } from 'node:child_process';
import { once } from 'node:events';
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
    await cloneCustomers(database, customers, model.cookie.value, signal);
    const app = await startApp(database, opening);
    places.push({ customers, database, app, floor: await startFloor(database, closers) });
  }
  const gate = await openPostgresGate(places[0]?.database ?? '');
  closers.push(() => gate.close());
  return { model, stripe, places, counted: { app: await startApp(gate.url, opening), gate } };
}

async function startApp(database: string, { closers }: Opening): Promise<string> {
  const port = await findPort('', 4100);
  const origin = `http://127.0.0.1:${port}`;
  const environment = { ...process.env, DATABASE_URL: database, NEXTAUTH_URL: origin };
  const printed: string[] = [];
  const next = startNext('start', port, environment, (line) => printed.push(line));
  closers.push(() => next.stop());
  await untilAnswered(next, port).catch((cause: unknown) => {
    throw new Error(`The app did not start.\n${printed.join('\n')}`, { cause });
  });
  return origin;
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
