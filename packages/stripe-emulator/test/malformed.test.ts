import { describe, expect, test } from 'vitest';
import type { Route } from '../src/core/route';
import { resources } from '../src/resources';
import { emulatorForTests } from './emulator-for-tests';
import { present } from './objects';

const running = emulatorForTests();
const routes = resources.flatMap((resource) => resource.routes);

/** What no client of Stripe's would send. */
const NASTY = [
  '',
  '0',
  '-1',
  '1e400',
  '99999999999999999999',
  'null',
  '[]',
  '{}',
  '💥',
  '\u0000',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '<script>',
  'a'.repeat(6_000),
  'cus_x',
  '2026-13-45T99:99:99Z',
];

/** The same numbers each time, so that what fails can be tried again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function pick<T>(roll: () => number, all: readonly T[]): T {
  return present(all[Math.floor(roll() * all.length)]);
}

/** Parameters of a route, each with something that it does not expect, or nested where it is not. */
function formFor({ parameters }: Route, roll: () => number): string {
  const pairs = parameters
    .filter(() => roll() < 0.4)
    .map((name) => {
      const suffix = pick(roll, ['', '', '[]', '[0]', '[0][id]', '[a][b][c]', '[', '[__proto__]']);
      return `${name}${suffix}=${encodeURIComponent(pick(roll, NASTY))}`;
    });
  return pairs.join('&');
}

async function send(
  { method, segments }: Pick<Route, 'method' | 'segments'>,
  roll: () => number,
  body: string,
): Promise<{ status: number; text: string; path: string }> {
  const id = pick(roll, ['x', 'cus_1', '%00', '%F0%9F%92%A5', '..', 'a'.repeat(300)]);
  const path = `/${segments.map((part) => (part.startsWith(':') ? id : part)).join('/')}`;
  const inQuery = method === 'GET' || method === 'DELETE';
  const isSecond = segments[0] === 'v2';
  const json = JSON.stringify(Object.fromEntries(new URLSearchParams(body)));
  const response = await fetch(`${running.url}${path}${inQuery && body ? `?${body}` : ''}`, {
    method,
    headers: {
      authorization: 'Bearer sk_test_fuzz',
      'content-type': isSecond ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    ...(!inQuery && { body: isSecond ? json : body }),
  });
  return { status: response.status, text: await response.text(), path };
}

describe('malformed requests', () => {
  test('are never the emulator’s mistake, at any endpoint', async () => {
    const roll = dice(20_261_028);
    const mistakes: string[] = [];
    for (const route of routes) {
      for (let times = 0; times < 6; times++) {
        const body = formFor(route, roll);
        const { status, text, path } = await send(route, roll, body);
        const isJson = text.startsWith('{');
        if (status >= 500 || !isJson) mistakes.push(`${status} ${route.method} ${path} ${body}`);
      }
    }
    expect(mistakes).toEqual([]);
  });

  test.each([
    ['application/json', '{"a":'],
    ['application/json', '[1,2]'],
    ['application/json', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
    ['application/json', '{"event_name":{"a":[null,{"b":1}]},"payload":"x","__proto__":{"x":1}}'],
    ['text/plain', 'hello'],
  ])('are refused by the second API as %s: %.20s', async (type, body) => {
    const response = await fetch(`${running.url}/v2/billing/meter_events`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_fuzz', 'content-type': type },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('error.message');
  });

  test('name times that are too far away, wherever a time can be said', async () => {
    const { stripe } = running;
    const { id: product } = await stripe.products.create({ name: 'Pro' });
    const { id: customer } = await stripe.customers.create();
    const ages = { interval: 'month', interval_count: Number.MAX_SAFE_INTEGER } as const;
    const price_data = { currency: 'usd', product, unit_amount: 100, recurring: ages };
    const price = await stripe.prices.create({ ...price_data, recurring: { interval: 'month' } });
    const items = [{ price_data }];
    const success_url = 'https://app.example';
    for (const [ask, param] of [
      [() => stripe.prices.create(price_data), 'recurring[interval_count]'],
      [
        () => stripe.subscriptions.create({ customer, items }),
        'items[0][price_data][recurring][interval_count]',
      ],
      [
        () =>
          stripe.checkout.sessions.create({
            mode: 'subscription',
            line_items: [{ price_data, quantity: 1 }],
            success_url,
          }),
        'line_items[0][price_data][recurring][interval_count]',
      ],
      [
        () =>
          stripe.subscriptionSchedules.create({
            customer,
            start_date: 'now',
            phases: [{ items: [{ price: price.id }], duration: ages }],
          }),
        'phases[0][duration][interval_count]',
      ],
      [
        () =>
          stripe.coupons.create({
            percent_off: 5,
            duration: 'repeating',
            duration_in_months: Number.MAX_SAFE_INTEGER,
          }),
        'duration_in_months',
      ],
    ] as const) {
      await expect(ask()).rejects.toMatchObject({ statusCode: 400, param });
    }
  });
});
