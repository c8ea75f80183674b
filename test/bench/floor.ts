import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool } from 'pg';
import { hashToken } from '@/lib/auth/token-hash';
import { stripe } from '@/lib/billing/stripe';
import { env } from '@/lib/env';

// What the app is measured against: the least that anyone could do, in bare Node. A program of its
// own, as the app is; it tells its parent where it listens.

const pool = new Pool({ connectionString: env().DATABASE_URL });

/** Each answers with a status, and with where to go. */
const routes: Record<string, (request: IncomingMessage) => Promise<[status: number, to?: string]>> =
  {
    '/event': async (request) => {
      await takeEvent(request);
      return [200];
    },
    '/event-and-read': async (request) => {
      const { data } = await takeEvent(request);
      if (!('customer' in data.object) || typeof data.object.customer !== 'string') return [400];
      await stripe().subscriptions.list({
        ...{ customer: data.object.customer, status: 'all', limit: 100 },
        expand: [
          'data.customer.invoice_settings.default_payment_method',
          'data.default_payment_method',
          'data.discounts.source.coupon',
        ],
      });
      return [200];
    },
    '/click': async ({ headers }) => {
      const { rows } = await pool.query<{ stripeCustomerId: string }>(
        `SELECT "stripeCustomerId" FROM "Session" JOIN "User" ON "User".id = "userId"
         WHERE "sessionToken" = $1 AND expires > now()`,
        [hashToken(headers.cookie?.split('=')[1] ?? '')],
      );
      const customer = rows[0]?.stripeCustomerId;
      if (!customer) return [401];
      const { NEXTAUTH_URL: return_url } = env();
      return [303, (await stripe().billingPortal.sessions.create({ customer, return_url })).url];
    },
  };

/** Verifies the signature and inserts the row: a duplicate leaves it as it is. */
async function takeEvent(request: IncomingMessage) {
  const [secret = ''] = env().STRIPE_WEBHOOK_SECRET;
  const signature = request.headers['stripe-signature'] ?? '';
  const event = stripe().webhooks.constructEvent(await text(request), signature, secret);
  await pool.query(
    `INSERT INTO "StripeEvent" (id, type, status, livemode, "createdAt")
     VALUES ($1, $2, 'received', $3, to_timestamp($4)) ON CONFLICT (id) DO NOTHING`,
    [event.id, event.type, event.livemode, event.created],
  );
  return event;
}

const server = createServer(async (request, response) => {
  const [status, location] = (await routes[request.url ?? '']?.(request)) ?? [404];
  response.writeHead(status, location ? { location } : {}).end();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.({ port: address && typeof address === 'object' ? address.port : 0 });
