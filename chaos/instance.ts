import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { POST } from '@/app/api/webhooks/stripe/route';
import { reconcile } from '@/lib/billing/reconcile/reconcile';
import { syncCustomer } from '@/lib/billing/sync';
import { skewClock } from './skewed-clock';

// One instance of the app, as far as billing state goes: its webhook route, the sync of the return
// from Stripe's pages, the reconciler, and a clock that can be wrong. A program of its own, so that
// it can be killed. It tells its parent that it has started, is told its environment, and tells
// where it listens.

const routes: Record<string, (request: Request, url: URL) => Promise<Response>> = {
  '/api/webhooks/stripe': (request) => POST(request),
  '/return': async (_, url) =>
    Response.json(await syncCustomer(url.searchParams.get('customer') ?? '')),
  '/reconcile': async () => Response.json(await reconcile({ fix: true, rate: 1_000 })),
  '/skew': async (_, url) => {
    skewClock(Number(url.searchParams.get('seconds')));
    return Response.json({});
  },
};

process.on('disconnect', () => process.exit());
// What goes wrong here is meant to; the parent looks at the database.
console.error = () => {};

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
    return (await routes[url.pathname]?.(request, url)) ?? new Response(null, { status: 404 });
  } catch (error) {
    return Response.json({ error: String(error) }, { status: 500 });
  }
}
