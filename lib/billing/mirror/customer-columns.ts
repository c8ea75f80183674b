import type Stripe from 'stripe';
import { isOver, mostImportant } from '../subscription-status';
import type { CustomerColumns } from './rows';
import { unixDate } from './unix-date';

/**
 * Whether the customer exists, and the card that the next invoice is charged to: that of the most
 * important subscription if it has its own, else the customer's default.
 *
 * @param subscriptions at least those that have not ended, with `default_payment_method` expanded
 */
export function customerColumns(
  customer: Stripe.Customer | Stripe.DeletedCustomer,
  subscriptions: readonly Stripe.Subscription[],
): CustomerColumns {
  const paying = mostImportant(
    subscriptions
      .filter(({ status }) => !isOver(status))
      .map((subscription) => ({
        status: subscription.status,
        createdAt: unixDate(subscription.created),
        method: subscription.default_payment_method,
      })),
  );
  const method =
    paying?.method ?? (customer.deleted ? null : customer.invoice_settings.default_payment_method);
  const card = method && typeof method !== 'string' ? method.card : undefined;
  return {
    deleted: customer.deleted === true,
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    cardExpMonth: card?.exp_month ?? null,
    cardExpYear: card?.exp_year ?? null,
  };
}

/** The columns of a customer that Stripe no longer has. */
export const goneCustomer: CustomerColumns = {
  deleted: true,
  cardBrand: null,
  cardLast4: null,
  cardExpMonth: null,
  cardExpYear: null,
};
