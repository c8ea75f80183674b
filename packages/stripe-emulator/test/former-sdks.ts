import { createRequire } from 'node:module';
import type Stripe from 'stripe';

const load = createRequire(import.meta.url);

/**
 * An official SDK of before, pointed at an emulator. Its types would replace those of the SDK of today, so
 * it has those; what it reads and sends is its own.
 */
export function formerSdk(name: 'stripe-16' | 'stripe-18' | 'stripe-20', url: string): Stripe {
  const sdk: unknown = load(name);
  if (!isSdk(sdk)) throw new Error(`${name} is no SDK`);
  const { port } = new URL(url);
  return new sdk('sk_test_emulator', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

function isSdk(value: unknown): value is typeof Stripe {
  return typeof value === 'function' && 'webhooks' in value;
}
