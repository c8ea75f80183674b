import Stripe from 'stripe';
import { env } from '../../env';
import { stripe } from '../stripe';
import { webhookEvents } from '../webhook/event-types';

/** Where Stripe is to deliver our events. */
export function webhookUrl(): string {
  return `${env().NEXTAUTH_URL}/api/webhooks/stripe`;
}

/** What {@link pushEndpoint} did. Stripe tells the signing secret of an endpoint only once. */
export type PushedEndpoint =
  | { action: 'created'; id: string; secret: string }
  | { action: 'updated'; id: string }
  | { action: 'unchanged'; id: string };

/**
 * Makes Stripe deliver the events that we need to our address, in the API version that our code is
 * written for. Doing it again changes nothing; events that somebody added are kept.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses (for example an address that it cannot reach), fails
 *   or is slow
 */
export async function pushEndpoint(): Promise<PushedEndpoint> {
  const { ours, enabled } = await listEndpoints();
  const existing = enabled[0] ?? ours[0];
  if (!existing) {
    const { id, secret = '' } = await stripe().webhookEndpoints.create({
      url: webhookUrl(),
      enabled_events: [...webhookEvents],
      api_version: Stripe.API_VERSION,
    });
    return { action: 'created', id, secret };
  }
  const { id, status } = existing;
  const missing = eventsMissing(existing);
  if (missing.length === 0 && status === 'enabled') return { action: 'unchanged', id };
  await stripe().webhookEndpoints.update(id, {
    disabled: false,
    enabled_events: [...webhookEvents, ...extraEvents(existing)],
  });
  return { action: 'updated', id };
}

/** The endpoints at Stripe: those with our address, which of them are enabled, and the others. */
export async function listEndpoints() {
  const { data } = await stripe().webhookEndpoints.list({ limit: 100 });
  const ours = data.filter(({ url }) => url === webhookUrl());
  const enabled = ours.filter(({ status }) => status === 'enabled');
  return { ours, enabled, others: data.filter((each) => !ours.includes(each)) };
}

/** The events that we need and an endpoint does not send. */
export function eventsMissing({ enabled_events: enabled }: Stripe.WebhookEndpoint): string[] {
  if (enabled.includes('*')) return [];
  return webhookEvents.filter((type) => !enabled.includes(type));
}

function extraEvents({ enabled_events: enabled }: Stripe.WebhookEndpoint): EnabledEvent[] {
  const needed: readonly string[] = webhookEvents;
  const isExtra = (type: string): type is EnabledEvent => !needed.includes(type);
  return enabled.filter(isExtra);
}

type EnabledEvent = Stripe.WebhookEndpointUpdateParams.EnabledEvent;
