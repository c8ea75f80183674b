import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmulator, type TestEmulator } from '../../test/start-emulator';

let loopback: TestEmulator;

beforeEach(async () => {
  loopback = await startEmulator();
});

afterEach(() => loopback.close());

const fault = (body: object) => loopback.control('POST', 'faults', body);

describe('faults on requests', () => {
  test.each([
    ['429', 429, 'StripeRateLimitError', undefined],
    ['500', 500, 'StripeAPIError', 'true'],
    ['503', 503, 'StripeAPIError', 'true'],
  ])('%s is answered as Stripe does', async (kind, statusCode, type, shouldRetry) => {
    await fault({ on: 'GET /v1/customers', kind, times: 1 });
    const refused = await loopback.stripe.customers.list().catch((error: unknown) => error);
    expect(refused).toMatchObject({ statusCode, type });
    expect(refused).toHaveProperty('headers.request-id');
    if (refused instanceof Stripe.errors.StripeError) {
      expect(refused.headers?.['stripe-should-retry']).toBe(shouldRetry);
    }
    await expect(loopback.stripe.customers.list()).resolves.toMatchObject({ data: [] });
  });

  test('a reset cuts the connection', async () => {
    await fault({ on: '*', kind: 'reset' });
    await expect(loopback.stripe.customers.list()).rejects.toMatchObject({
      type: 'StripeConnectionError',
    });
  });

  test('a malformed body is no JSON', async () => {
    await fault({ on: 'GET /v1/customers', kind: 'malformed', times: 1 });
    await expect(loopback.stripe.customers.list()).rejects.toMatchObject({
      type: 'StripeAPIError',
      message: expect.stringContaining('Invalid JSON'),
    });
  });

  test('a hanging request is given up by the client', async () => {
    await fault({ on: 'GET /v1/customers', kind: 'hang', times: 1 });
    const impatient = loopback.client('sk_test_loopback', { timeout: 100 });
    await expect(impatient.customers.list()).rejects.toMatchObject({
      type: 'StripeConnectionError',
      message: expect.stringContaining('timeout'),
    });
  });

  test('a lost response has changed everything, and a retry with the key finds it', async () => {
    await fault({ on: 'POST /v1/customers', kind: 'lost_response', times: 2 });
    const persistent = loopback.client('sk_test_loopback', { maxNetworkRetries: 3 });
    const customer = await persistent.customers.create({ email: 'lost@a.test' });
    expect(customer.lastResponse.headers['idempotent-replayed']).toBe('true');
    const { data } = await loopback.stripe.customers.list({ email: 'lost@a.test' });
    expect(data).toHaveLength(1);
  });

  test('a fault concerns the endpoint it names, so many times, until it is cleared', async () => {
    const { id } = await loopback.stripe.customers.create();
    await fault({ on: 'GET /v1/customers/:id', kind: 500 });
    await expect(loopback.stripe.customers.list()).resolves.toMatchObject({ object: 'list' });
    for (let n = 0; n < 3; n++) {
      await expect(loopback.stripe.customers.retrieve(id)).rejects.toMatchObject({
        statusCode: 500,
      });
    }
    await loopback.control('DELETE', 'faults');
    await expect(loopback.stripe.customers.retrieve(id)).resolves.toMatchObject({ id });
  });

  test('a kind that does not exist is refused with the list', async () => {
    expect(await fault({ on: '*', kind: 'flood' })).toMatchObject({
      error: { param: 'kind', message: expect.stringContaining('lost_response') },
    });
  });
});

describe('the log of requests', () => {
  test('tells of each request its method, path, parameters and status, the newest last', async () => {
    await loopback.stripe.customers.create({ name: 'Ada' });
    await loopback.stripe.customers.retrieve('cus_nope').catch(() => undefined);
    expect(await loopback.control('GET', 'requests')).toMatchObject([
      { method: 'POST', path: '/v1/customers', parameters: { name: 'Ada' }, status: 200 },
      { method: 'GET', path: '/v1/customers/cus_nope', parameters: {}, status: 404 },
    ]);
    await loopback.control('DELETE', 'requests');
    expect(await loopback.control('GET', 'requests')).toEqual([]);
  });

  test('keeps no card number', async () => {
    await loopback.stripe.paymentMethods.create({
      type: 'card',
      card: { number: '4242424242424242', exp_month: 1, exp_year: 2040, cvc: '987' },
    });
    const log = await loopback.control('GET', 'requests');
    expect(JSON.stringify(log)).not.toContain('4242424242424242');
    expect(log).toMatchObject([
      { parameters: { card: { number: '[not kept]', cvc: '[not kept]' } } },
    ]);
  });
});
