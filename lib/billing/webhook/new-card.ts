import { db } from '../../db';
import { isDeclined, isInFlight, refusedParam } from '../errors';
import { failureOf } from '../payment-failure';
import { idOf, stripe } from '../stripe';
import { isOwing } from '../subscription-status';

/**
 * Puts the card that a customer has just made their default to use: subscriptions with a card of their
 * own get it, because that is where Stripe looks first, and it pays what is open at once instead of at
 * the next attempt. However often this is called, a card is tried once for each invoice.
 *
 * @param customerId of a customer of ours, whose invoices are up to date in our database
 * @returns whether there was something to pay; whether it was paid is for the next sync to say
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function putNewCardToUse(customerId: string): Promise<boolean> {
  // Before the card is read: what a card fails to pay that becomes the default meanwhile is not paid with this one.
  const unpaid = await openInvoices(customerId);
  const customer = await stripe().customers.retrieve(customerId, { expand: ['subscriptions'] });
  const method = customer.deleted ? null : customer.invoice_settings.default_payment_method;
  if (customer.deleted || !method) return false;
  const card = idOf(method);
  for (const { id, default_payment_method: own } of customer.subscriptions?.data ?? []) {
    if (!own || idOf(own) === card) continue;
    await stripe().subscriptions.update(id, { default_payment_method: card });
  }
  const open = unpaid.filter((invoice) => failureOf(invoice)?.methodId !== card);
  for (const { id } of open) if (!(await pay(id, card))) break;
  return open.length > 0;
}

/** What is owed for subscriptions that have not ended, the oldest first. */
async function openInvoices(customerId: string) {
  const found = await db().customer.findUnique({
    where: { id: customerId },
    relationLoadStrategy: 'join',
    select: {
      subscriptions: { select: { id: true, status: true } },
      invoices: { where: { status: 'open' }, orderBy: { createdAt: 'asc' } },
    },
  });
  const owing = found?.subscriptions.filter(({ status }) => isOwing(status)) ?? [];
  return (found?.invoices ?? []).filter(({ subscriptionId }) =>
    owing.some(({ id }) => id === subscriptionId),
  );
}

/** @returns false when the card was declined: it would be for the next invoice, too */
async function pay(invoice: string, card: string): Promise<boolean> {
  try {
    await stripe().invoices.pay(
      invoice,
      { payment_method: card },
      { idempotencyKey: `new-card:${invoice}:${card}` },
    );
    return true;
  } catch (error) {
    if (isDeclined(error)) return false;
    // It was paid, or is being paid, elsewhere.
    if (isInFlight(error) || refusedParam(error) !== null) return true;
    throw error;
  }
}
