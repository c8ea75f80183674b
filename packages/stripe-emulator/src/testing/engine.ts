import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import Stripe from 'stripe';
import { afterAll, beforeAll } from 'vitest';
import type { StripeEmulator } from '../emulator';
import { createStripeEmulator } from '../server';

/** An emulator behind a real port, and the official SDK in front of it. */
export interface TestEmulator {
  stripe: Stripe;
  emulator: StripeEmulator;
  close(): Promise<void>;
}

/** Starts an emulator in memory on a free loopback port. */
export async function startTestEmulator(): Promise<TestEmulator> {
  const emulator = await createStripeEmulator({ dir: 'memory', origin: 'http://emulator.test' });
  const server = serve({ fetch: emulator.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const stripe = new Stripe('sk_test_engine', {
    host: '127.0.0.1',
    port: portOf(server.address()),
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
  return {
    stripe,
    emulator,
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await emulator.close();
    },
  };
}

/** An emulator for the tests of one file, started before and closed after them. */
export function emulatorForTests() {
  let running: TestEmulator | undefined;
  beforeAll(async () => {
    running = await startTestEmulator();
  });
  afterAll(() => running?.close());
  const started = () => present(running);
  return {
    get stripe() {
      return started().stripe;
    },
    get emulator() {
      return started().emulator;
    },
    advance: (clock: string, to: number) => advance(started().stripe, clock, to),
    customerOnClock: (wanted: Parameters<typeof customerOnClock>[1]) =>
      customerOnClock(started().stripe, wanted),
    eventTypes: (about?: string) => eventTypes(started().stripe, about),
    recurringPrice: (wanted?: Parameters<typeof recurringPrice>[1]) =>
      recurringPrice(started().stripe, wanted),
  };
}

/** Moves a test clock and waits until it is there. */
export async function advance(stripe: Stripe, clock: string, to: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  while ((await stripe.testHelpers.testClocks.retrieve(clock)).status !== 'ready');
}

/** A customer on a clock of their own, with a card that behaves as asked. */
export async function customerOnClock(
  stripe: Stripe,
  { at, card = 'pm_card_visa' }: { at: string; card?: string | null },
) {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: seconds(at) });
  const customer = await stripe.customers.create({
    email: 'jenny@example.com',
    test_clock: clock.id,
    ...(card ? { payment_method: card, invoice_settings: { default_payment_method: card } } : {}),
  });
  return { clock: clock.id, customer: customer.id };
}

/** A product with one recurring price. */
export async function recurringPrice(
  stripe: Stripe,
  {
    amount = 2000,
    interval = 'month',
    name = 'Pro',
  }: { amount?: number; interval?: 'day' | 'week' | 'month' | 'year'; name?: string } = {},
): Promise<Stripe.Price> {
  return stripe.prices.create({
    currency: 'usd',
    unit_amount: amount,
    recurring: { interval },
    product_data: { name },
  });
}

/** The types of all events so far, oldest first; of one object when its id is given. */
export async function eventTypes(stripe: Stripe, about?: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) {
    if (about === undefined || JSON.stringify(event.data.object).includes(about)) {
      types.unshift(event.type);
    }
  }
  return types;
}

/** Unix seconds of a date as people write it. */
export function seconds(iso: string): number {
  return Date.parse(iso) / 1000;
}

/** A field that a test needs to be there, or the test fails. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a value was expected here');
  return value;
}

/** The id of a field that may be expanded. */
export function idOf(field: string | { id: string } | null | undefined): string {
  const given = present(field);
  return typeof given === 'string' ? given : given.id;
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0;
}
