import { once } from 'node:events';
import { Agent, request as ask, createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool } from 'pg';
import { z } from 'zod';
import { hashToken } from '@/lib/auth/token-hash';
import { stripe } from '@/lib/billing/stripe';
import { env } from '@/lib/env';

// What the app is measured against: the least that anyone could do, in bare Node. A program of its
// own, as the app is; it tells its parent where it listens.

const pool = new Pool({ connectionString: env().DATABASE_URL });
const agent = new Agent({ keepAlive: true });

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
        customer: data.object.customer,
        status: 'all',
        limit: 100,
        expand: [
          'data.customer.invoice_settings.default_payment_method',
          'data.default_payment_method',
          'data.discounts.source.coupon',
        ],
      });
      return [200];
    },
    '/click': async (request) => {
      const sent = text(request);
      const { rows } = await pool.query<{ stripeCustomerId: string }>({
        name: 'click',
        text: `SELECT "stripeCustomerId" FROM "Session" JOIN "User" ON "User".id = "userId"
          WHERE "sessionToken" = $1 AND expires > now()`,
        values: [hashToken(request.headers.cookie?.split('=')[1] ?? '')],
      });
      await sent;
      const customer = rows[0]?.stripeCustomerId;
      return customer ? [303, await portalUrl(customer)] : [401];
    },
  };

/** One request, without Stripe's SDK. */
async function portalUrl(customer: string): Promise<string> {
  const { STRIPE_API_BASE, STRIPE_SECRET_KEY, NEXTAUTH_URL } = env();
  const sent = ask(`${STRIPE_API_BASE}/v1/billing_portal/sessions`, {
    method: 'POST',
    agent,
    headers: {
      authorization: `Bearer ${STRIPE_SECRET_KEY}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
  }).end(`${new URLSearchParams({ customer, return_url: NEXTAUTH_URL })}`);
  const [reply] = z.tuple([z.custom<IncomingMessage>()]).parse(await once(sent, 'response'));
  return z.object({ url: z.string() }).parse(JSON.parse(await text(reply))).url;
}

/** Verifies the signature and inserts the row: a duplicate leaves it as it is. */
async function takeEvent(request: IncomingMessage) {
  const [secret = ''] = env().STRIPE_WEBHOOK_SECRET;
  const signature = request.headers['stripe-signature'] ?? '';
  const event = stripe().webhooks.constructEvent(await text(request), signature, secret);
  await pool.query({
    name: 'event',
    text: `INSERT INTO "StripeEvent" (id, type, status, livemode, "createdAt")
      VALUES ($1, $2, 'received', $3, to_timestamp($4)) ON CONFLICT (id) DO NOTHING`,
    values: [event.id, event.type, event.livemode, event.created],
  });
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
