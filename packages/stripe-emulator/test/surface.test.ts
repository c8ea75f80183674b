import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StripeError } from '../src/core/errors';
import type { Method, Route } from '../src/core/route';
import { API_VERSION, endpointOf, endpointShape, isIn } from '../src/core/surface';
import { resources } from '../src/resources';
import { emulatorForTests } from './emulator-for-tests';

const running = emulatorForTests();
const routes = resources.flatMap((resource) => resource.routes);

/** Every endpoint that the methods of the pinned SDK call, from its own code. */
const endpoints = [...new Set(codeOfSdk().flatMap(endpointsIn))];

describe('what Stripe has and the emulator does not', () => {
  test('is known as far as the pinned SDK knows it', () => {
    expect(endpoints.length).toBeGreaterThan(600);
    expect(endpoints.filter((endpoint) => !isNow(endpoint))).toEqual([]);
    expect(readFileSync(sdk('esm/apiVersion.js'), 'utf8')).toContain(`'${API_VERSION}'`);
  });

  test('is refused in the name of the emulator, endpoint by endpoint', () => {
    const missing = endpoints.filter((endpoint) => !routes.some((one) => nameOf(one) === endpoint));
    expect(missing.length).toBeGreaterThan(0);
    for (const endpoint of missing) {
      expect(refusal(endpoint, {}), endpoint).toEqual({
        status: 404,
        message: `The emulator does not support ${endpoint} yet.`,
      });
    }
  });

  test('is refused in the name of the emulator, parameter by parameter', () => {
    let refused = 0;
    for (const route of routes) {
      const shape = endpointShape(nameOf(route));
      for (const [name, parameter] of shape?.inner ?? []) {
        if (!isIn(API_VERSION, parameter) || route.parameters.includes(name)) continue;
        refused++;
        expect(refusal(nameOf(route), { [name]: 'x' }).message, nameOf(route)).toBe(
          `The emulator does not support the parameter ${name} yet.`,
        );
      }
    }
    expect(refused).toBeGreaterThan(0);
  });

  test.each([
    ['POST /v1/subscriptions', { payment_settings: { payment_method_types: ['paypal'] } }],
    ['POST /v1/payment_methods', { type: 'custom' }],
    ['POST /v1/checkout/sessions', { mode: 'setup', currency: 'usd', ui_mode: 'elements' }],
    [
      'POST /v1/credit_notes',
      { invoice: 'in_1', refunds: [{ refund: 're_1', type: 'payment_record_refund' }] },
    ],
  ])('is refused in the name of the emulator, word by word: %s %j', (endpoint, params) => {
    expect(refusal(endpoint, params).message).toMatch(/the emulator/i);
  });

  test('does not include parameters of its own invention', () => {
    const invented = routes.flatMap((route) => {
      const shape = endpointShape(nameOf(route));
      if (!shape) return [];
      return route.parameters
        .filter((name) => !shape.inner.has(name))
        .map((name) => `${nameOf(route)} ${name}`);
    });
    expect(invented).toEqual([]);
  });

  test('is told apart from what nobody has', async () => {
    const { stripe } = running;
    expect(refusal('GET /v1/no_such_thing', {}).message).toMatch(/^Unrecognized request URL/);
    await expect(stripe.payouts.list()).rejects.toThrow(
      'The emulator does not support GET /v1/payouts yet.',
    );
    await expect(stripe.customers.create({ cash_balance: {} })).resolves.toBeDefined();
    await expect(
      stripe.customers.create({ cash_balance: { settings: { reconciliation_mode: 'manual' } } }),
    ).rejects.toThrow('The emulator does not support the parameter cash_balance yet.');
    const misspelt: object = { emal: 'ada@example.com' };
    await expect(stripe.customers.create(misspelt)).rejects.toMatchObject({
      code: 'parameter_unknown',
      message: 'Received unknown parameter: emal. Did you mean email?',
    });
  });
});

function refusal(endpoint: string, params: object): { status: number; message: string } {
  const [method = '', path = ''] = endpoint.split(' ');
  try {
    running.emulator.call('test', methodOf(method), path.replaceAll(':id', 'x'), params);
  } catch (error) {
    if (error instanceof StripeError) return { status: error.status, message: error.message };
    throw error;
  }
  throw new Error(`${endpoint} was not refused`);
}

function methodOf(word: string): Method {
  if (word === 'GET' || word === 'POST' || word === 'DELETE') return word;
  throw new Error(`${word} is not a method`);
}

function nameOf({ method, segments }: Route): string {
  const path = segments.map((part) => (part.startsWith(':') ? ':id' : part)).join('/');
  return `${method} /${path}`;
}

function isNow(endpoint: string): boolean {
  const [method = '', path = ''] = endpoint.split(' ');
  const shape = endpointShape(endpointOf(method, path) ?? '');
  return shape !== undefined && isIn(API_VERSION, shape);
}

function endpointsIn(code: string): string[] {
  return [...code.matchAll(/_makeRequest\('(\w+)', ['`]([^'`]+)['`]/g)].map(
    ([, method, url = '']) => `${method} ${url.replace(/\$\{[^}]*\}/g, ':id')}`,
  );
}

function codeOfSdk(): string[] {
  const folder = sdk('esm/resources');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

function sdk(path: string): string {
  const entry = createRequire(import.meta.url).resolve('stripe');
  return join(entry.slice(0, entry.lastIndexOf('/stripe/')), 'stripe', path);
}
