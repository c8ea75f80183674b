import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { PrismaClient } from '@/lib/generated/prisma/client';
import { startPostgres } from '../sandbox/postgres';
import { createStripeSandbox, type StripeSandbox } from '../sandbox/stripe/server';
import { migrate } from '../scripts/migrate';
import { createTestDatabase } from '../scripts/test-database';
import { coupons, feature } from './catalogue';
import { Seat, Spares } from './instances';
import { openPostgresGate, type PostgresGate } from './postgres-gate';
import { openStripeGate, type StripeGate } from './stripe-gate';

/** One of the app's instances, with all that it talks to behind gates. */
export interface Place {
  seat: Seat;
  postgres: PostgresGate;
  stripe: StripeGate;
}

/** Everything that a history happens in. */
export interface World {
  stripe: StripeSandbox;
  /** The database, not through a gate. */
  database: PrismaClient;
  places: readonly Place[];
  webhookSecret: string;
  close(): Promise<void>;
}

const SECRET = 'whsec_chaos';
const INSTANCES = 2;
const BASE = 'base';

/**
 * Starts Stripe's stand-in in this process, a database (a new one at TEST_DATABASE_URL when that is
 * set, else an embedded one) and two instances of the app.
 */
export async function startWorld(): Promise<World> {
  const database = await startDatabase();
  const stripe = await createStripeSandbox({ dir: 'memory', origin: 'http://127.0.0.1:9' });
  const front = createServer(getRequestListener(stripe.app.fetch));
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  const port = address && typeof address === 'object' ? address.port : 0;
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
    STRIPE_API_BASE: `http://127.0.0.1:${port}`,
  });
  const { db } = await import('@/lib/db');
  const { pushCatalogue } = await import('@/lib/billing/push');
  await pushCatalogue();
  layCatalogue(stripe);
  stripe.core.store.saveSnapshot(BASE);

  const spares = new Spares();
  const places = await Promise.all(
    Array.from({ length: INSTANCES }, async (): Promise<Place> => {
      const gates = {
        postgres: await openPostgresGate(database.url),
        stripe: await openStripeGate(stripe.app),
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
    async close() {
      for (const { seat, postgres, stripe: gate } of places) {
        await seat.close();
        await postgres.close();
        await gate.close();
      }
      await spares.close();
      await db().$disconnect();
      front.close();
      await stripe.close();
      await database.close();
    },
  };
}

/** Stripe as it was when the world began: no customers, the present time. */
export function clearStripe({ stripe }: World): void {
  stripe.core.store.restoreSnapshot(BASE);
}

async function startDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const { TEST_DATABASE_URL } = process.env;
  if (TEST_DATABASE_URL) {
    const { url, drop } = await createTestDatabase(TEST_DATABASE_URL);
    await migrate(url);
    return { url, close: drop };
  }
  const embedded = await startPostgres({ dir: 'memory', port: 0 });
  await migrate(embedded.url);
  return embedded;
}

function layCatalogue(stripe: StripeSandbox): void {
  for (const coupon of coupons) stripe.call('test', 'POST', '/v1/coupons', coupon);
  const { id } = stripe.call('test', 'POST', '/v1/entitlements/features', feature);
  const path = `/v1/products/${feature.lookup_key}/features`;
  stripe.call('test', 'POST', path, { entitlement_feature: id });
}
