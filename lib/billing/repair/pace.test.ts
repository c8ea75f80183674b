import { performance } from 'node:perf_hooks';
import Stripe from 'stripe';
import { expect, it, vi } from 'vitest';
import { createPace } from './pace';

const tooMany = () => new Stripe.errors.StripeRateLimitError({ type: 'rate_limit_error' });

it('lets no more requests through than the rate, however many ask at once', async () => {
  const call = createPace(200);
  const began = performance.now();
  await Promise.all(Array.from({ length: 41 }, () => call(async () => {})));
  // Forty intervals of five milliseconds, less what timers are early.
  expect(performance.now() - began).toBeGreaterThan(180);
});

it('tries again what Stripe had no time for, and keeps everybody waiting meanwhile', async () => {
  const call = createPace(1_000);
  let refusedAt: number | undefined;
  const refused = call(async () => {
    if (refusedAt) return 'at last';
    refusedAt = performance.now();
    throw tooMany();
  });
  await expect.poll(() => refusedAt).toBeDefined();
  const another = await call(async () => performance.now());
  expect(another - (refusedAt ?? 0)).toBeGreaterThan(450);
  expect(await refused).toBe('at last');
});

it('goes on when the clock of the machine is set back', async () => {
  const call = createPace(1_000);
  await call(async () => {});
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 20 * 60 * 1_000);
  expect(await call(async () => 'at once')).toBe('at once');
  clock.mockRestore();
});

it('passes on every other failure at once', async () => {
  let tries = 0;
  const failing = createPace(1_000)(() => {
    tries++;
    throw new Stripe.errors.StripeAPIError({ type: 'api_error' });
  });
  await expect(failing).rejects.toThrow(Stripe.errors.StripeAPIError);
  expect(tries).toBe(1);
});

it('makes no further request once it is told to stop, not even one that waits', async () => {
  const stop = new AbortController();
  const call = createPace(1, stop.signal);
  let made = 0;
  const calls = [1, 2, 3].map(() => call(async () => made++));
  await calls[0];
  stop.abort();
  expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
  ]);
  await expect(call(async () => made++)).rejects.toThrow();
  expect(made).toBe(1);
});
