import Stripe from 'stripe';
import type { AbsoluteUrl } from '../absolute-url';
import { env } from '../env';
import type { BillingAccount } from './account';
import { catalogueId } from './catalogue-objects';
import { expireCheckout, onBehalfOf } from './checkout';
import { BillingError } from './errors';
import { cardOfEnded } from './mirror/customer-columns';
import { noticeAfterChange } from './notice-after-change';
import type { Notice } from './notices';
import { invoicePage } from './pay-now';
import { type PlanGoal, seatsOf } from './plan-change';
import { type Currency, findCurrency, findPlanChoice, lookupKey } from './plans';
import { stripe } from './stripe';
import { isOngoing, isOver } from './subscription-status';

/** What somebody had before their plan ended, at the price of today. */
export type Again = PlanGoal & { currency: Currency };

/** @returns null when nothing has ended, and for what is not sold any more, or not to so many members */
export function againOf(
  ended: {
    status: string;
    plan: string | null;
    interval: string;
    quantity: number;
    currency: string;
  },
  members: number | null,
): Again | null {
  const choice = isOver(ended.status) ? findPlanChoice(ended.plan, ended.interval) : null;
  const currency = findCurrency(ended.currency);
  const quantity = choice && seatsOf(choice, ended, members, null);
  return choice && currency && quantity ? { ...choice, quantity, currency } : null;
}

/**
 * Subscribes somebody whose plan has ended to the same again, with the card on file. Nobody gets a
 * second subscription, however often and concurrently this is called.
 *
 * @returns the page of Stripe's where the payment has to be completed; else what to tell them
 * @throws BillingError `already-subscribed`, `unknown-plan` when it is not sold any more, `no-card`, or
 *   `no-address` when Stripe needs one for the tax
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function subscribeAgain({
  id,
  customer,
  subscription,
  members,
}: BillingAccount): Promise<{ pay: AbsoluteUrl } | { notice: Notice }> {
  const again = subscription && againOf(subscription, members);
  if (!customer || !subscription) throw new BillingError('unknown-plan', `user ${id} had no plan`);
  const [subscriptions, sessions] = await Promise.all([
    stripe().subscriptions.list({
      customer,
      status: 'all',
      limit: 100,
      expand: ['data.customer', 'data.default_payment_method', 'data.latest_invoice'],
    }),
    stripe().checkout.sessions.list({ customer, status: 'open', limit: 10 }),
  ]);
  const ongoing = subscriptions.data.find(({ status }) => isOngoing(status));
  // Of two clicks, the later one finds what the first has begun.
  if (ongoing?.metadata.follows === subscription.id) {
    return { notice: await noticeAfterChange(customer, 'subscribed') };
  }
  if (ongoing) {
    throw new BillingError('already-subscribed', `${customer} has a subscription already`);
  }
  const begun = subscriptions.data.find(({ status }) => status === 'incomplete');
  if (begun) return { pay: invoicePage(begun.latest_invoice) };
  if (!again) throw new BillingError('unknown-plan', `${subscription.plan} is not sold any more`);
  const [newest] = subscriptions.data;
  const owner = newest?.customer;
  const hasOwn =
    typeof owner === 'object' && !owner.deleted && owner.invoice_settings.default_payment_method;
  const card = hasOwn ? null : cardOfEnded(subscriptions.data);
  if (!hasOwn && !card) throw new BillingError('no-card', `${customer} has no card on file`);
  await Promise.all(sessions.data.map(expireCheckout));
  const created = await create(
    {
      customer,
      currency: again.currency,
      items: [
        {
          price: await catalogueId(lookupKey(again.plan, again.interval)),
          quantity: again.quantity,
        },
      ],
      ...(card && { default_payment_method: card.id }),
      payment_behavior: 'allow_incomplete',
      metadata: { userId: id, follows: subscription.id },
      automatic_tax: { enabled: env().STRIPE_TAX !== 'off' },
      expand: ['latest_invoice'],
      ...onBehalfOf(),
    },
    // Made of the newest subscription there is: whoever clicks twice begins one.
    `again:${newest?.id ?? subscription.id}`,
  );
  const notice = await noticeAfterChange(customer, 'subscribed');
  return created.status === 'incomplete'
    ? { pay: invoicePage(created.latest_invoice) }
    : { notice };
}

async function create(params: Stripe.SubscriptionCreateParams, idempotencyKey: string) {
  try {
    return await stripe().subscriptions.create(params, { idempotencyKey });
  } catch (error) {
    const isRefusal = error instanceof Stripe.errors.StripeInvalidRequestError;
    if (!isRefusal || error.code !== 'customer_tax_location_invalid') throw error;
    throw new BillingError('no-address', `${params.customer} has no address`, { cause: error });
  }
}
