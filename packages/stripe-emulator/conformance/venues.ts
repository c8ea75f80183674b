import Stripe from 'stripe';
import type { Venue } from './stage';

/** An emulator, which answers at once. */
export function emulatorVenue(url: string): Venue {
  const { hostname: host, port } = new URL(url);
  const options = { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 } as const;
  return { name: 'emulator', stripe: new Stripe('sk_test_conformance', options), patience: 20 };
}

/** Stripe itself, which takes a while and limits how much it is asked. @throws Error unless in test mode */
export function stripeVenue(key: string): Venue {
  if (!/^[rs]k_test_/.test(key)) {
    throw new Error('STRIPE_TEST_SECRET_KEY must be a key of test mode: sk_test_… or rk_test_….');
  }
  const stripe = new Stripe(key, { maxNetworkRetries: 5, telemetry: false });
  return { name: 'Stripe', stripe, patience: 3_000 };
}
