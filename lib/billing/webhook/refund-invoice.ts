import Stripe from 'stripe';
import { stripe } from '../stripe';

/**
 * Refunds whatever was paid of an invoice, unless some of it was refunded before.
 *
 * @param invoice with its `payments` expanded
 * @returns whether something was refunded now
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: trying again continues
 */
export async function refundInvoice({ payments }: Stripe.Invoice): Promise<boolean> {
  let isRefunded = false;
  for (const { status, payment } of payments?.data ?? []) {
    const { payment_intent } = payment;
    if (status !== 'paid' || !payment_intent) continue;
    const intent = typeof payment_intent === 'string' ? payment_intent : payment_intent.id;
    const { data } = await stripe().refunds.list({ payment_intent: intent, limit: 1 });
    if (data.length > 0) continue;
    if (await refund(intent, `undo:${intent}`)) isRefunded = true;
  }
  return isRefunded;
}

/**
 * @param amount a part of it; all when left out
 * @returns false for what was disputed: that money is with the card's holder already
 */
export async function refund(
  payment_intent: string,
  idempotencyKey: string,
  amount?: number,
): Promise<boolean> {
  try {
    await stripe().refunds.create({ payment_intent, amount }, { idempotencyKey });
    return true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.code === 'charge_disputed')
      return false;
    throw error;
  }
}
