import type { CheckoutDetails } from '../core/checkout-details';
import type { Context } from '../core/context';
import { cardRefused, type StripeError } from '../core/errors';
import { newId, randomText } from '../core/ids';
import type { Bought, Purchase } from './checkout-purchase';
import { collectInvoice, paymentError } from './collection';
import { createPricedItem } from './extra-items';
import { finalizeInvoice } from './invoice-finalize';
import { createInvoice } from './invoicing';
import type { CheckoutSession, Customer } from './objects';
import { chargeIntent, openPayment } from './payment-attempt';
import { newPaymentIntent } from './payment-objects';
import { lineOf } from './pending-items';
import { taxRatesOf } from './tax-rates';

/**
 * Takes the one payment of a session in mode `payment`, through an invoice where the session asks for
 * one; nothing is charged when nothing is due.
 *
 * @throws StripeError 402 when the card is refused
 */
export function payOnce(ctx: Context, session: CheckoutSession, purchase: Purchase): Bought {
  const { customer, form, method, quote } = purchase;
  const details = ctx.get('_checkout', session.id);
  if (details.invoice && customer) {
    return payByInvoice(ctx, session, { ...purchase, customer }, details);
  }
  const currency = session.currency ?? 'usd';
  const { amount_total: amount } = quote;
  if (amount === 0 || !method) return {};
  const blank = newPaymentIntent({
    id: newId('pi'),
    secret: randomText(25),
    amount,
    created: ctx.now,
    currency,
    customer: customer?.id ?? null,
    description: null,
    livemode: ctx.livemode,
    metadata: {},
    on_behalf_of: null,
    receipt_email: null,
    setup_future_usage: null,
  });
  const intent = { ...blank, capture_method: 'automatic_async' as const, ...details.payment };
  ctx.insert('payment_intent', intent, 'payment_intent.created');
  const result = chargeIntent(ctx, intent, method, form);
  if (result.kind === 'requires_action') throw authenticationRequired();
  if (result.kind === 'declined') {
    const { code, decline_code, message } = result.decline;
    throw cardRefused(message, code, { decline_code });
  }
  return { payment_intent: intent.id };
}

/** The refusal that the card's holder can do something about. */
export function authenticationRequired(): StripeError {
  return cardRefused(
    'Your card was declined. This transaction requires authentication.',
    'authentication_required',
    { decline_code: 'authentication_required' },
  );
}

function payByInvoice(
  ctx: Context,
  session: CheckoutSession,
  { cart, customer, discounts, form, method }: Purchase & { customer: Customer },
  { invoice, payment = {} }: CheckoutDetails,
): Bought {
  const id = newId('in');
  const items = cart.map(({ price, quantity, metadata, taxRates }) =>
    createPricedItem(ctx, customer, price, quantity, {
      discountable: true,
      invoice: id,
      metadata,
      tax_rates: taxRatesOf(ctx, taxRates, 'line_items[0][tax_rates]'),
    }),
  );
  createInvoice(ctx, {
    id,
    customer,
    reason: 'manual',
    currency: session.currency ?? 'usd',
    lines: items.map((item) => lineOf(ctx, item)),
    takesPendingItems: false,
    period: { start: ctx.now, end: ctx.now },
    autoAdvance: false,
    automaticTax: session.automatic_tax.enabled,
    discounts,
    description: invoice?.description,
    footer: invoice?.footer,
    metadata: invoice?.metadata,
    onBehalfOf: payment.on_behalf_of,
  });
  ctx.update('invoice', id, { custom_fields: invoice?.custom_fields ?? null });
  const finalized = finalizeInvoice(ctx, id);
  const intent = openPayment(ctx, finalized)?.payment.payment_intent;
  if (!intent) return { invoice: id };
  ctx.update('payment_intent', intent, payment);
  const collected = collectInvoice(ctx, id, { method, authenticated: form.authenticated });
  if (collected.result.kind !== 'paid') throw paymentError(ctx, collected, false);
  return { invoice: id, payment_intent: intent };
}
