import type Stripe from 'stripe';
import { isOver, mostImportant } from '../subscription-status';
import type { CustomerColumns } from './rows';
import { unixDate } from './unix-date';

/**
 * Whether the customer exists, and the card that the next invoice is charged to: that of the most
 * important subscription if it has its own, else the customer's default; after the last subscription
 * has ended, the card that it was paid with.
 *
 * @param subscriptions with `default_payment_method` expanded; where the customer has no default, also
 *   those that have ended
 */
export function customerColumns(
  customer: Stripe.Customer | Stripe.DeletedCustomer,
  subscriptions: readonly Stripe.Subscription[],
): CustomerColumns {
  const paying = mostImportant(
    subscriptions
      .filter(({ status }) => !isOver(status))
      .map((subscription) => ({
        id: subscription.id,
        status: subscription.status,
        createdAt: unixDate(subscription.created),
        method: subscription.default_payment_method,
      })),
  );
  const own = customer.deleted ? null : customer.invoice_settings.default_payment_method;
  const method = paying?.method ?? own ?? (paying ? null : cardOfEnded(subscriptions));
  const card = method && typeof method !== 'string' ? method.card : undefined;
  return {
    deleted: customer.deleted === true,
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    cardExpMonth: card?.exp_month ?? null,
    cardExpYear: card?.exp_year ?? null,
  };
}

/**
 * The payment method of the newest subscription that has ended, if the customer still has it: Checkout
 * leaves it with the subscription, and not as the customer's default.
 *
 * @param subscriptions with `default_payment_method` expanded
 */
export function cardOfEnded(
  subscriptions: readonly Stripe.Subscription[],
): Stripe.PaymentMethod | null {
  const [newest] = subscriptions
    .filter(({ status }) => isOver(status))
    .toSorted((a, b) => b.created - a.created);
  const method = newest?.default_payment_method;
  return typeof method === 'object' && method?.customer ? method : null;
}

/** The columns of a customer that Stripe no longer has. */
export const goneCustomer: CustomerColumns = {
  deleted: true,
  cardBrand: null,
  cardLast4: null,
  cardExpMonth: null,
  cardExpYear: null,
};
