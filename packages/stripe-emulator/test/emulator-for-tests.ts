import type Stripe from 'stripe';
import { afterAll, beforeAll } from 'vitest';
import { advance, customerOnClock, eventTypes, present, recurringPrice } from './objects';
import { startEmulator, type TestEmulator } from './start-emulator';

/** An emulator for the tests of one file, started before and closed after them. */
export function emulatorForTests() {
  let running: TestEmulator | undefined;
  beforeAll(async () => {
    running = await startEmulator();
  });
  afterAll(() => running?.close());
  const started = () => present(running);
  return {
    get url() {
      return started().url;
    },
    get stripe() {
      return started().stripe;
    },
    get emulator() {
      return started().emulator;
    },
    control: (method: string, path: string, body?: object) => started().control(method, path, body),
    advance: (clock: string, to: number) => advance(started().stripe, clock, to),
    customerOnClock: (wanted: Parameters<typeof customerOnClock>[1]) =>
      customerOnClock(started().stripe, wanted),
    /** Lets others (a card's holder, their bank) do what they take a few seconds for. */
    async moment(): Promise<void> {
      await started().control('POST', 'clock', { advance: { seconds: 3 } });
    },
    eventTypes: (about?: string) => eventTypes(started().stripe, about),
    recurringPrice: (wanted?: Parameters<typeof recurringPrice>[1]): Promise<Stripe.Price> =>
      recurringPrice(started().stripe, wanted),
  };
}
