import type Stripe from 'stripe';
import { type AbsoluteUrl, isAbsoluteUrl } from '../absolute-url';
import { db } from '../db';
import { env } from '../env';
import type { Locale } from '../locale';
import type { BillingAccount } from './account';
import { catalogueId, forgetCatalogueIds } from './catalogue-objects';
import { ensureCustomer } from './customer';
import { BillingError, refusedParam } from './errors';
import { syncRefusedCustomer } from './mirror/sync';
import { type Currency, lookupKey, type PaidPlan, type PlanChoice } from './plans';
import { stripe } from './stripe';
import { isOngoing } from './subscription-status';

/** What somebody wants to buy, in the catalogue's own words. */
export type Order = PlanChoice & {
  currency: Currency;
  /** 1 for a plan that is not sold by the seat. */
  seats: number;
};

/**
 * Opens Stripe Checkout for a plan. Nobody is sold a second subscription: Stripe itself is asked
 * first, because our own record may be a moment behind.
 *
 * @param account the signed-in user's, from the session
 * @param order what to buy
 * @param locale the language of the page; null lets Stripe follow the browser
 * @returns the address of the Checkout page; asking again for the same, in another tab say,
 *   returns the page that is open already
 * @throws BillingError `already-subscribed`, `seats` for a number that the plan does not allow,
 *   `other-currency` when Stripe holds them to another, or `not-set-up` before the catalogue was pushed
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function createCheckoutUrl(
  account: BillingAccount,
  order: Order,
  locale: Locale | null,
): Promise<AbsoluteUrl> {
  checkSeats(order);
  const customer = await ensureCustomer(account);
  try {
    return await openUnlessDeleted(account, customer, order, locale);
  } catch (error) {
    if (refusedParam(error) !== null) forgetCatalogueIds();
    if (!refusesCustomer(error) || !(await syncRefusedCustomer(customer))) throw error;
    const successor = await ensureCustomer({ ...account, customer: null });
    return openUnlessDeleted(account, successor, order, locale);
  }
}

type Opened = { id: string; url: AbsoluteUrl };

/** Milliseconds. A deletion that has not ended by then never will: its process died. */
const DELETION_TIMEOUT = 15 * 60 * 1_000;

/**
 * Opens Checkout, and closes it again if the account was deleted meanwhile or is being deleted:
 * deletion closes the pages that it finds, and this one may have come too late for that.
 *
 * @throws BillingError `account-deleted`
 */
async function openUnlessDeleted(
  account: BillingAccount,
  ...choice: [customer: string, order: Order, locale: Locale | null]
): Promise<AbsoluteUrl> {
  const opened = await openCheckout(account, ...choice);
  const since = new Date(Date.now() - DELETION_TIMEOUT);
  const kept = await db().user.count({
    where: { id: account.id, OR: [{ deletingAt: null }, { deletingAt: { lt: since } }] },
  });
  if (kept > 0) return opened.url;
  await expire(opened);
  throw new BillingError('account-deleted', `user ${account.id} was deleted during Checkout`);
}

async function openCheckout(
  account: BillingAccount,
  customer: string,
  order: Order,
  locale: Locale | null,
): Promise<Opened> {
  const { plan, interval, currency, seats } = order;
  const price = await catalogueId(lookupKey(plan, interval));
  const wanted = `${price} ${seats} ${currency}`;
  const [owner, subscriptions, sessions] = await Promise.all([
    stripe().customers.retrieve(customer),
    stripe().subscriptions.list({ customer, limit: 100 }),
    stripe().checkout.sessions.list({ customer, limit: 10 }),
  ]);
  if (owner.deleted) throw new BillingError('customer-gone', `Stripe no longer has ${customer}`);
  if (subscriptions.data.some(({ status }) => isOngoing(status))) {
    throw new BillingError('already-subscribed', `${customer} has a subscription already`);
  }
  const open = sessions.data.filter(({ status }) => status === 'open');
  const same = open.find(({ metadata }) => metadata?.wanted === wanted);
  await Promise.all(open.filter((session) => session !== same).map(expire));
  if (same?.url && isAbsoluteUrl(same.url)) return { id: same.id, url: same.url };

  const session = await createSession(
    {
      mode: 'subscription',
      customer,
      client_reference_id: account.id,
      currency,
      line_items: [{ price, quantity: seats, ...adjustable(plan) }],
      metadata: { wanted },
      subscription_data: { metadata: { userId: account.id }, ...onBehalfOf() },
      locale: locale ?? 'auto',
      customer_update: { address: 'auto', name: 'auto' },
      allow_promotion_codes: true,
      success_url: `${env().NEXTAUTH_URL}/billing/return?done=checkout`,
      cancel_url: `${env().NEXTAUTH_URL}/pricing`,
    },
    // Made of the newest session there is: a double click gets one page, a later click a new one.
    `checkout:${customer}:${wanted}:${locale}:${sessions.data[0]?.id ?? 'first'}`,
  );
  if (session.url && isAbsoluteUrl(session.url)) return { id: session.id, url: session.url };
  throw new BillingError('unavailable', `${session.id} came without an address`);
}

async function createSession(
  params: Stripe.Checkout.SessionCreateParams,
  idempotencyKey: string,
): Promise<Stripe.Checkout.Session> {
  try {
    return await stripe().checkout.sessions.create(params, { idempotencyKey });
  } catch (error) {
    if (refusedParam(error) !== 'currency') throw error;
    throw new BillingError('other-currency', 'Stripe refuses the currency', { cause: error });
  }
}

function checkSeats({ plan, seats }: Order): void {
  const { min, max } = plan.seats ?? { min: 1, max: 1 };
  if (Number.isInteger(seats) && seats >= min && seats <= max) return;
  throw new BillingError('seats', `${plan.name} is not sold with ${seats} seats`);
}

/** The number of seats can be changed at Checkout, too. */
function adjustable({ seats }: PaidPlan) {
  if (!seats) return {};
  return { adjustable_quantity: { enabled: true, minimum: seats.min, maximum: seats.max } };
}

/** Stripe calls a customer that it does not have `id` when the path names it, else `customer`. */
function refusesCustomer(error: unknown): boolean {
  if (error instanceof BillingError) return error.problem === 'customer-gone';
  return ['customer', 'id'].includes(refusedParam(error) ?? '');
}

/** Closes a page that is open for another plan, so that it cannot be paid as well. */
async function expire({ id }: { id: string }): Promise<void> {
  try {
    await stripe().checkout.sessions.expire(id);
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    throw new BillingError('already-subscribed', `${id} was paid a moment ago`, { cause: error });
  }
}

/** For an installation that bills in the name of a connected account. */
function onBehalfOf() {
  const { STRIPE_ON_BEHALF_OF } = env();
  return STRIPE_ON_BEHALF_OF ? { on_behalf_of: STRIPE_ON_BEHALF_OF } : {};
}
