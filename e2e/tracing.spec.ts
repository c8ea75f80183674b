import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { test as base, expect } from 'playwright/test';
import { z } from 'zod';
import { cookieOf, formNamed, sendForm } from '../test/support/action-forms';
import { requests } from '../test/support/emulator';
import { startOwnWorld } from '../test/support/own-world';
import { send } from '../test/support/raw-http';
import { createSubscriber } from '../test/support/subscribers';

/** In a worker of its own: lib keeps the database that it was first given. */
const test = base.extend<object, { isTraced: true }>({
  isTraced: [async ({ browserName: _ }, use) => use(true), { scope: 'worker' }],
});

test('spans of pages, webhooks and requests to Stripe reach a collector, without secrets', {
  tag: '@instances',
}, async ({ isTraced: _ }) => {
  // It starts an app of its own, which takes its time on a busy machine.
  test.slow();
  const collector = await startCollector();
  const world = await startOwnWorld('sk_test_traced', {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '200',
    OTEL_SERVICE_NAME: 'traced',
  });
  try {
    Object.assign(process.env, world.environment);
    const url = world.environment.NEXTAUTH_URL ?? '';
    const person = await createSubscriber();
    const form = await formNamed(url, '/billing', person, 'Manage billing');
    const clicked = await sendForm(url, '/billing', form, { headers: cookieOf(person) });
    expect(clicked.status).toBe(303);
    await send(url, { path: '/sign-in/confirm?token=0123abcd&email=grace%40example.com' });

    const portal = (await requests()).find(({ path }) => path === '/v1/billing_portal/sessions');
    const named = (name: string) => () => collector.spans.filter((span) => span.name === name);
    const request = { service: 'traced', 'request.id': clicked.headers['x-request-id'] };
    await expect
      .poll(named('Stripe POST /v1/billing_portal/sessions'))
      .toMatchObject([
        { ...request, 'stripe.request_id': portal?.id, 'http.response.status_code': 200 },
      ]);
    // Next's own, of the same request.
    await expect
      .poll(named('POST /billing'))
      .toMatchObject([{ ...request, 'http.method': 'POST' }]);
    await expect.poll(() => named('Stripe webhook')().length).toBeGreaterThan(0);
    await expect.poll(() => named('GET /sign-in/confirm')().length).toBe(1);
    for (const secret of ['0123abcd', 'grace', person.email, person.cookie.value]) {
      expect(JSON.stringify(collector.spans)).not.toContain(secret);
    }
  } finally {
    await world.stop();
    collector.close();
  }
});

type Flat = Record<string, unknown> & { name: string; service: unknown };

/** What takes OTLP over HTTP, as a collector does. */
async function startCollector() {
  const spans: Flat[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === '/v1/traces') spans.push(...flatten(await json(request)));
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    spans,
    url: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const attributes = z
  .array(
    z.object({
      key: z.string(),
      value: z.record(z.string(), z.unknown()).transform((value) => Object.values(value)[0]),
    }),
  )
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));

const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({ spans: z.array(z.looseObject({ name: z.string(), attributes })) }),
      ),
    }),
  ),
});

function flatten(body: unknown): Flat[] {
  return exported.parse(body).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, ...span }) => ({
        ...span,
        ...attributes,
        service: resource.attributes['service.name'],
      })),
    ),
  );
}
