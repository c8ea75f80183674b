import type Stripe from 'stripe';
import { type AbsoluteUrl, isAbsoluteUrl } from '../absolute-url';
import { auditSoon, by } from '../audit';
import { db } from '../db';
import { env } from '../env';
import type { Locale } from '../locale';
import type { BillingAccount } from './account';
import { catalogueId, forgetCatalogueIds } from './catalogue-objects';
import { ensureCustomer } from './customer';
import { BillingError, refusedParam } from './errors';
import { syncRefusedCustomer } from './mirror/sync';
import { seatsOf, seatsProblem } from './plan-change';
import { type Currency, lookupKey, type PaidPlan, type PlanChoice } from './plans';
import { acceptedCode, codeFor } from './promotion-code';
import { stripe } from './stripe';
import { isOngoing } from './subscription-status';
import { mayHaveTrial } from './trials';

/** What somebody wants to buy, in the catalogue's own words. */
export type Order = PlanChoice & {
  currency: Currency;
  /** 1 for a plan that is not sold by the seat. */
  seats: number;
  /** To begin with the plan's trial. */
  trial?: boolean;
  /** A promotion code, as typed. Without one, one can be entered at Checkout. */
  code?: string;
};

/**
 * Opens Stripe Checkout for a plan. Nobody is sold a second subscription: Stripe itself is asked
 * first, because our own record may be a moment behind.
 *
 * @param account the signed-in user's, from the session
 * @param order what to buy
 * @param locale the language of the page; null lets Stripe follow the browser
 * @returns the address of the Checkout page; asking again for the same, for example in another tab,
 *   returns the page that is open already
 * @throws BillingError `already-subscribed`, `seats` or `members` for a number that the plan does not allow,
 *   `trial-used` for a trial that they cannot have, `code-refused` for a code that they cannot use,
 *   `other-currency` when Stripe holds them to another, or `not-set-up` before the catalogue was pushed
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function createCheckoutUrl(
  account: BillingAccount,
  order: Order,
  locale: Locale | null,
): Promise<AbsoluteUrl> {
  checkSeats(order, account);
  if (order.trial && !(order.plan.trial && (await mayHaveTrial(account)))) {
    throw new BillingError('trial-used', `user ${account.id} cannot try ${order.plan.name}`);
  }
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
  customer: string,
  order: Order,
  locale: Locale | null,
): Promise<AbsoluteUrl> {
  const opened = await openCheckout(account, customer, order, locale);
  const since = new Date(Date.now() - DELETION_TIMEOUT);
  const kept = await db().billingAccount.count({
    where: { id: account.id, OR: [{ deletingAt: null }, { deletingAt: { lt: since } }] },
  });
  if (kept === 0) {
    await expireCheckout(opened);
    throw new BillingError('account-deleted', `user ${account.id} was deleted during Checkout`);
  }
  const { plan, interval, currency, seats } = order;
  const details = { plan: plan.name, interval, currency, seats };
  auditSoon({ ...by(account), action: 'checkout_opened', details });
  return opened.url;
}

async function openCheckout(
  account: BillingAccount,
  customer: string,
  order: Order,
  locale: Locale | null,
): Promise<Opened> {
  const { plan, interval, currency, seats } = order;
  const price = await catalogueId(lookupKey(plan, interval));
  const { id: promotion_code } = order.code
    ? acceptedCode(await codeFor({ ...account, customer }, order.code, order))
    : {};
  const wanted = `${price} ${seats} ${currency}${order.trial ? ' trial' : ''} ${promotion_code ?? ''}`;
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
  await Promise.all(open.filter((session) => session !== same).map(expireCheckout));
  if (same?.url && isAbsoluteUrl(same.url)) return { id: same.id, url: same.url };

  const session = await createSession(
    {
      mode: 'subscription',
      customer,
      client_reference_id: account.id,
      currency,
      line_items: [{ price, quantity: seats, ...adjustable(plan, account.members) }],
      metadata: { wanted },
      ...(order.trial &&
        plan.trial?.card === false && { payment_method_collection: 'if_required' }),
      subscription_data: { metadata: { userId: account.id }, ...trialOf(order), ...onBehalfOf() },
      locale: locale ?? 'auto',
      customer_update: { address: 'auto', name: 'auto' },
      ...(promotion_code ? { discounts: [{ promotion_code }] } : { allow_promotion_codes: true }),
      ...taxOf(),
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

function checkSeats(order: Order, { members }: BillingAccount): void {
  const { plan, seats } = order;
  if (seatsOf(order, null, members, String(seats)) === seats) return;
  throw new BillingError(seatsProblem(members), `${plan.name} is not sold with ${seats} seats`);
}

/** Tax needs an address, and businesses have an ID for it. */
function taxOf() {
  if (env().STRIPE_TAX === 'off') return {};
  return {
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    billing_address_collection: 'required' as const,
  };
}

function trialOf({ plan, trial }: Order) {
  if (!trial || !plan.trial) return {};
  return {
    trial_period_days: plan.trial.days,
    trial_settings: { end_behavior: { missing_payment_method: plan.trial.end } },
  };
}

/** Who chooses the number of seats can change it at Checkout, too. */
function adjustable({ seats }: PaidPlan, members: number | null) {
  if (!seats || members !== null) return {};
  return { adjustable_quantity: { enabled: true, minimum: seats.min, maximum: seats.max } };
}

/** Stripe calls a customer that it does not have `id` when the path names it, else `customer`. */
function refusesCustomer(error: unknown): boolean {
  if (error instanceof BillingError) return error.problem === 'customer-gone';
  return ['customer', 'id'].includes(refusedParam(error) ?? '');
}

/** Closes a page that is open for another plan, so that it cannot be paid as well. */
export async function expireCheckout({ id }: { id: string }): Promise<void> {
  try {
    await stripe().checkout.sessions.expire(id);
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    throw new BillingError('already-subscribed', `${id} was paid a moment ago`, { cause: error });
  }
}

/** For an installation that bills in the name of a connected account. */
export function onBehalfOf() {
  const { STRIPE_ON_BEHALF_OF } = env();
  return STRIPE_ON_BEHALF_OF ? { on_behalf_of: STRIPE_ON_BEHALF_OF } : {};
}
