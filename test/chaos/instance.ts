import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { POST } from '@/app/api/webhooks/stripe/route';
import { findBillingAccount } from '@/lib/billing/account';
import { ensureCustomer } from '@/lib/billing/customer';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { reconcile } from '@/lib/billing/repair/reconcile';

// One instance of the app, as far as billing state goes: its webhook route, the sync of the return
// from Stripe's pages, the making of a customer, the reconciler, and a clock that can be wrong. A
// program of its own, so that it can be killed. It tells its parent that it has started, is told its
// environment, and tells where it listens.

const routes: Record<string, (request: Request, asked: URLSearchParams) => Promise<unknown>> = {
  '/api/webhooks/stripe': (request) => POST(request),
  '/return': (_, asked) => syncCustomer(asked.get('customer') ?? ''),
  '/take-on': async (_, asked) => ensureCustomer(await findBillingAccount(asked.get('user') ?? '')),
  '/reconcile': (_, asked) =>
    reconcile({ scope: asked.has('all') ? 'all' : undefined, fix: true, rate: 1_000 }),
  '/ping': async () => 'here',
  '/skew': async (_, asked) => skewClock(Number(asked.get('seconds'))),
};

const realNow = Date.now;

/** Puts what this process takes for the present ahead (or behind, for less than zero). */
function skewClock(seconds: number): void {
  Date.now = () => realNow() + seconds * 1_000;
}

process.on('disconnect', () => process.exit());
// What goes wrong here is meant to; the parent looks at the database.
console.error = () => {};

// Nobody is left to serve when the parent ended during the start.
if (!process.connected) process.exit();
process.send?.('started');
const [environment] = await once(process, 'message');
Object.assign(process.env, environment);
const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.({ port: address && typeof address === 'object' ? address.port : 0 });

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const body: Buffer[] = [];
  for await (const chunk of incoming) body.push(chunk);
  const request = new Request(url, {
    method: 'POST',
    headers: { 'stripe-signature': String(incoming.headers['stripe-signature'] ?? '') },
    body: new Uint8Array(Buffer.concat(body)),
  });
  const reply = await perform(request, url);
  outgoing.writeHead(reply.status).end(await reply.text());
}

async function perform(request: Request, url: URL): Promise<Response> {
  try {
    const done = await routes[url.pathname]?.(request, url.searchParams);
    return done instanceof Response ? done : Response.json(done ?? null);
  } catch (error) {
    return Response.json({ error: String(error) }, { status: 500 });
  }
}
