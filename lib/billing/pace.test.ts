import { once } from 'node:events';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createPacedHttpClient, paced } from './pace';

// A Stripe that answers with these statuses in turn, then with 200, and notes when it was asked.
let statuses: number[];
let askedAt: number[];
beforeEach(() => {
  statuses = [];
  askedAt = [];
});

const server = createServer((_, response) => {
  askedAt.push(performance.now());
  const status = statuses.shift() ?? 200;
  const body = status === 200 ? { id: 'cus_1' } : { error: { message: `status ${status}` } };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

let client: Stripe;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  client = new Stripe('sk_test_pace', {
    protocol: 'http',
    host: '127.0.0.1',
    port: address && typeof address === 'object' ? address.port : 0,
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: createPacedHttpClient(),
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = () => client.customers.retrieve('cus_1');

it('sends no more requests than the rate, however many ask at once', async () => {
  const began = performance.now();
  await paced({ perSecond: 200 }, () => Promise.all(Array.from({ length: 41 }, ask)));
  // Forty intervals of five milliseconds, minus what timers are early.
  expect(performance.now() - began).toBeGreaterThan(180);
});

it('sends a request again that Stripe answered with 429, and makes the others wait', async () => {
  statuses = [429];
  await paced({ perSecond: 1_000 }, async () => {
    const refused = ask();
    await expect.poll(() => statuses).toEqual([]);
    expect(await ask()).toMatchObject({ id: 'cus_1' });
    expect(await refused).toMatchObject({ id: 'cus_1' });
  });
  const [first = 0, second = 0] = askedAt;
  expect(askedAt).toHaveLength(3);
  expect(second - first).toBeGreaterThan(450);
});

it('continues when the clock of the machine is set back', async () => {
  await paced({ perSecond: 1_000 }, async () => {
    await ask();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 20 * 60 * 1_000);
    expect(await ask()).toMatchObject({ id: 'cus_1' });
    clock.mockRestore();
  });
});

it('passes on every other failure at once', async () => {
  statuses = [500];
  await expect(paced({ perSecond: 1_000 }, ask)).rejects.toThrow('status 500');
  expect(askedAt).toHaveLength(1);
});

it('sends no further request once it is told to stop, not even one that was waiting', async () => {
  const stop = new AbortController();
  await paced({ perSecond: 1, signal: stop.signal }, async () => {
    const asked = [ask(), ask(), ask()];
    await asked[0];
    stop.abort();
    const ends = await Promise.allSettled(asked);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(ask()).rejects.toThrow();
  });
  expect(askedAt).toHaveLength(1);
});

it('does not slow down what is asked beside it', async () => {
  const stop = new AbortController();
  const waiting = paced({ perSecond: 0.01, signal: stop.signal }, () =>
    Promise.allSettled([ask(), ask()]),
  );
  await expect.poll(() => askedAt.length).toBe(1);
  expect(await ask()).toMatchObject({ id: 'cus_1' });
  stop.abort();
  await waiting;
});
