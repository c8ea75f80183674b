import Stripe from 'stripe';
import { env } from '../env';
import { createPacedHttpClient } from './pace';

/**
 * The only Stripe client, created at its first use.
 *
 * Four seconds and two retries: somebody is waiting, and the SDK's own 80 seconds would show them a
 * spinner instead of a page that says what is wrong. Telemetry is off because it writes a file into
 * the home directory of whoever runs the server.
 */
export function stripe(): Stripe {
  client ??= new Stripe(env().STRIPE_SECRET_KEY, {
    ...apiAddress(env().STRIPE_API_BASE),
    timeout: 4_000,
    maxNetworkRetries: 2,
    telemetry: false,
    httpClient: createPacedHttpClient(),
    appInfo: { name: 'billing-starter' },
  });
  return client;
}

/** Whether the configured key is a live one: test and live mode share nothing at Stripe. */
export function isLivemode(): boolean {
  return env().STRIPE_SECRET_KEY.includes('_live_');
}

/** The name of the configured mode. */
export function mode(): 'live' | 'test' {
  return isLivemode() ? 'live' : 'test';
}

/** A page of Stripe's Dashboard in the configured mode. @param page its path, such as `webhooks` */
export function dashboardUrl(page: string): string {
  return `https://dashboard.stripe.com/${isLivemode() ? '' : 'test/'}${page}`;
}

/** The id in a field that Stripe fills with either an id or the object itself. */
export function idOf(reference: string | { id: string }): string {
  return typeof reference === 'string' ? reference : reference.id;
}

let client: Stripe | undefined;

function apiAddress(base: string | undefined) {
  if (!base) return {};
  const { protocol, hostname, port } = new URL(base);
  const isHttp = protocol === 'http:';
  return {
    protocol: isHttp ? ('http' as const) : ('https' as const),
    host: hostname,
    port: port || (isHttp ? 80 : 443),
  };
}
