import { createStripeEmulator, type StripeEmulator } from 'stripe-emulator/testing';
import type { PrismaClient } from '@/lib/generated/prisma/client';
import { startPostgres } from '../../dev/postgres/start-postgres';
import { migrate } from '../../prisma/migrate';
import { createTestDatabase } from '../support/test-database';
import { coupons } from './catalogue';
import type { Gates } from './gates';
import { databaseTroubles, type StripeTrouble, stripeTroubles, Tally } from './happenings';
import { Seat, Spares } from './instances';
import { openPostgresGate } from './postgres-gate';
import { bundlePrograms } from './programs';
import { openStripeGate } from './stripe-gate';

/** One of the app's instances, with all that it talks to behind gates. */
export interface Place extends Gates {
  seat: Seat;
}

/** Everything that a history happens in. */
export interface World {
  stripe: StripeEmulator;
  /** The database, not through a gate. */
  database: PrismaClient;
  places: readonly Place[];
  webhookSecret: string;
  /** Of all the histories so far. */
  tally: Tally;
  /** `npm run billing -- ARGUMENT…` beside the instances, to its end. @throws when it fails */
  billing(...typed: string[]): Promise<void>;
  close(): Promise<void>;
}

const SECRET = 'whsec_chaos';
const INSTANCES = 2;
/** Short, so that every list is read page by page. */
const STRIPE_PAGE = 5;
const BASE = 'base';
/**
 * The embedded database has one session. A transaction in which a statement is held up keeps it, and the
 * queries of the checker give up after five seconds: before that, the transaction is ended.
 */
const IDLE_MILLISECONDS = 1_500;

/**
 * Starts Stripe's stand-in in this process, a database (a new one at TEST_DATABASE_URL when that is
 * set, else an embedded one) and two instances of the app.
 */
export async function startWorld(): Promise<World> {
  const database = await startDatabase();
  const stripe = await createStripeEmulator({ dir: 'memory', origin: 'http://127.0.0.1:9' });
  const openGate = (onTrouble: (trouble: StripeTrouble) => void = () => {}) =>
    openStripeGate(stripe.app, { page: STRIPE_PAGE, onTrouble });
  const front = await openGate();
  const environment = {
    NEXTAUTH_URL: 'http://localhost:9',
    NEXTAUTH_SECRET: 'a secret that only the tests know',
    EMAIL_SERVER: 'smtp://localhost:9',
    EMAIL_FROM: 'Chaos <chaos@example.com>',
    STRIPE_SECRET_KEY: 'sk_test_chaos',
    STRIPE_WEBHOOK_SECRET: SECRET,
  };
  Object.assign(process.env, environment, {
    DATABASE_URL: database.url,
    STRIPE_API_BASE: front.url,
  });
  const { db } = await import('@/lib/db');
  const { pushCatalogue } = await import('@/lib/billing/setup/push');
  await pushCatalogue();
  layCatalogue(stripe);
  stripe.control.saveSnapshot(BASE);

  const tally = new Tally();
  const programs = await bundlePrograms();
  const spares = new Spares(programs.instance);
  const places = await Promise.all(
    Array.from({ length: INSTANCES }, async (): Promise<Place> => {
      const gates = {
        postgres: await openPostgresGate(database.url, (how) => tally.note(databaseTroubles[how])),
        stripe: await openGate((how) => tally.note(stripeTroubles[how])),
      };
      const seat = new Seat(spares, {
        ...environment,
        DATABASE_URL: gates.postgres.url,
        STRIPE_API_BASE: gates.stripe.url,
      });
      return { seat, ...gates };
    }),
  );
  await Promise.all(places.map(({ seat }) => seat.ready()));
  return {
    stripe,
    database: db(),
    places,
    webhookSecret: SECRET,
    tally,
    billing: (...typed) => programs.billing(typed, environment),
    async close() {
      for (const { seat, postgres, stripe: gate } of places) {
        await seat.close();
        await postgres.close();
        await gate.close();
      }
      await spares.close();
      await programs.remove();
      await db().$disconnect();
      await front.close();
      await stripe.close();
      await database.close();
    },
  };
}

/** Stripe and the database as they were when the world began: nobody, and the present time. */
export async function clear({ stripe, database }: World): Promise<void> {
  stripe.control.restoreSnapshot(BASE);
  await database.team.deleteMany();
  await database.user.deleteMany();
  await database.stripeEvent.deleteMany();
  await database.reconcileProgress.deleteMany();
}

async function startDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const { TEST_DATABASE_URL } = process.env;
  if (TEST_DATABASE_URL) {
    const { url, drop } = await createTestDatabase(TEST_DATABASE_URL);
    await migrate(url);
    return { url, close: drop };
  }
  const embedded = await startPostgres({
    dir: 'memory',
    port: 0,
    idleInTransactionMilliseconds: IDLE_MILLISECONDS,
  });
  await migrate(embedded.url);
  return embedded;
}

function layCatalogue(stripe: StripeEmulator): void {
  for (const coupon of coupons) stripe.call('test', 'POST', '/v1/coupons', coupon);
}
