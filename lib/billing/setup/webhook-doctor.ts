import Stripe from 'stripe';
import { db } from '../../db';
import { env } from '../../env';
import { type Finding, ok, problem, skipped } from '../../finding';
import { isLoopback } from '../../loopback';
import { dashboardUrl, isLivemode, stripe } from '../stripe';
import { webhookEvents } from '../webhook/event-types';
import { eventsMissing, listEndpoints, webhookUrl } from './endpoint';

const RECENT_SECONDS = 24 * 60 * 60;
/** Younger events may still be on their way. */
const GRACE_SECONDS = 60;

/**
 * Whether Stripe sends our events to us: to exactly our address, enabled, once, every type we need,
 * in the version that our code was written for.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function examineEndpoint(): Promise<Finding> {
  const check = 'webhook endpoint';
  const url = webhookUrl();
  const { ours, enabled, others } = await listEndpoints();
  const [endpoint] = enabled;
  if (ours.length === 0) {
    const similar = others.find((each) => isSimilar(each.url, url));
    if (similar) {
      return problem(
        check,
        `Stripe sends events to ${shown(similar.url)}, which is not our address.`,
        `npm run billing -- endpoint makes one for ours; or at ${dashboardUrl('webhooks')} change the address of this one to exactly ${url}`,
      );
    }
    if (isLocalDevelopment()) {
      return skipped(
        check,
        `Stripe cannot reach this machine by itself: stripe listen --forward-to ${new URL(url).host}/api/webhooks/stripe`,
      );
    }
    return problem(
      check,
      `No endpoint at Stripe has the address ${url}`,
      `npm run billing -- endpoint makes it. By hand: at ${dashboardUrl('webhooks')} add one with that address, API version ${Stripe.API_VERSION} and the events ${webhookEvents.join(', ')}, and put its signing secret into STRIPE_WEBHOOK_SECRET.`,
    );
  }
  if (!endpoint) {
    return problem(
      check,
      'The endpoint is disabled, so no event arrives.',
      'npm run billing -- endpoint enables it; npm run billing -- reconcile --fix then finds what was missed.',
    );
  }
  if (enabled.length > 1) {
    return problem(
      check,
      `${enabled.length} endpoints have the address ${url}, so events arrive more than once.`,
      `At ${dashboardUrl('webhooks')} delete all but the one whose secret is in STRIPE_WEBHOOK_SECRET.`,
    );
  }
  const missing = eventsMissing(endpoint);
  if (missing.length > 0) {
    return problem(
      check,
      `The endpoint does not send ${missing.length} of the events that are needed.`,
      `npm run billing -- endpoint adds them, or at ${dashboardUrl('webhooks')} add to it ${missing.join(', ')}`,
    );
  }
  return (await examineVersion(endpoint)) ?? ok(check, `Stripe sends our events to ${url}`);
}

/**
 * Whether recent events arrived. Stripe lists those that it could not deliver, to any endpoint, and keeps
 * them listed; our event log says which of them arrived after all, or were processed later.
 *
 * @param knowsEventLog whether our database can be asked
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function examineDeliveries(knowsEventLog: boolean): Promise<Finding> {
  const check = 'webhook deliveries';
  const now = Math.floor(Date.now() / 1000);
  const { data, has_more } = await stripe().events.list({
    delivery_success: false,
    created: { gte: now - RECENT_SECONDS, lte: now - GRACE_SECONDS },
    limit: 100,
  });
  const needed: readonly string[] = webhookEvents;
  const undelivered = data.filter(({ type }) => needed.includes(type));
  const settled = knowsEventLog ? await settledHere(undelivered.map(({ id }) => id)) : new Set();
  const lost = undelivered.filter(({ id }) => !settled.has(id));
  const [newest] = lost;
  if (!newest) return ok(check, 'Every event of the last day arrived.');
  const count = has_more
    ? `${lost.length} or more events`
    : `${lost.length} ${lost.length === 1 ? 'event' : 'events'}`;
  return problem(
    check,
    `${count} of the last day did not arrive, the newest a ${newest.type} at ${new Date(newest.created * 1000).toISOString()} (${newest.id}).`,
    `${dashboardUrl('webhooks')} shows what our endpoint answered, and our log says why. Then run npm run billing -- reconcile --fix`,
  );
}

/** Those of these events of which the event log says that nothing remains to be done. */
async function settledHere(ids: string[]): Promise<Set<string>> {
  const events = await db().stripeEvent.findMany({
    where: { id: { in: ids }, status: { in: ['processed', 'ignored'] } },
    select: { id: true },
  });
  return new Set(events.map(({ id }) => id));
}

/** The version that the endpoint sends: its own, or the account's, which its events tell. */
async function examineVersion(endpoint: Stripe.WebhookEndpoint): Promise<Finding | undefined> {
  const { data } = endpoint.api_version ? { data: [] } : await stripe().events.list({ limit: 1 });
  const version = endpoint.api_version ?? data[0]?.api_version;
  if (!version || version === Stripe.API_VERSION) return undefined;
  return problem(
    'webhook endpoint',
    `The endpoint sends events in API version ${version}; this code is written for ${Stripe.API_VERSION}.`,
    `An endpoint's version cannot be changed: at ${dashboardUrl('webhooks')} add another with the same address and events and version ${Stripe.API_VERSION}, add its secret to STRIPE_WEBHOOK_SECRET (comma-separated), then delete the old one.`,
  );
}

/** The same host by another scheme or path, or the same path at another host of the same name. */
function isSimilar(theirs: string, ours: string): boolean {
  if (!URL.canParse(theirs)) return false;
  const [a, b] = [new URL(theirs), new URL(ours)];
  return a.host === b.host || bare(a) === bare(b);
}

function bare({ hostname, pathname }: URL): string {
  return hostname.replace(/^www\./, '') + pathname.replace(/\/$/, '');
}

/** Without its query, in which some keep a secret. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function isLocalDevelopment(): boolean {
  return isLoopback(env().NEXTAUTH_URL) && !env().STRIPE_API_BASE && !isLivemode();
}
