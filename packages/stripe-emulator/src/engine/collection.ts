import type { Context } from '../core/context';
import { cardError, invalidRequest, StripeError } from '../core/errors';
import { markPaid } from './invoice-finalize';
import { scheduleInvoice } from './invoicing';
import type { Customer, Invoice, PaymentMethod, Subscription } from './objects';
import { type AttemptOptions, attemptPayment, type PaymentResult } from './payment-attempt';
import { collectionSettings } from './settings';

/** An invoice after an attempt, and how the attempt went. */
export interface Collected {
  invoice: Invoice;
  result: PaymentResult;
}

/** Who pays, when it is not the default, and how. */
export interface CollectOptions extends AttemptOptions {
  method?: PaymentMethod;
}

/**
 * Tries to collect an open invoice once. A failure sets the time of the next try (none for the invoice
 * that an incomplete subscription has to begin with); the subscription is not touched.
 */
export function collectInvoice(ctx: Context, id: string, options: CollectOptions = {}): Collected {
  const invoice = ctx.get('invoice', id);
  const method = options.method ?? defaultMethod(ctx, invoice);
  const result = attemptPayment(ctx, invoice, method, options);
  const attempts = { attempt_count: invoice.attempt_count + 1, attempted: true };
  if (result.kind === 'paid') {
    const attempted = ctx.update('invoice', id, attempts);
    setDelinquent(ctx, invoice, false);
    return { invoice: markPaid(ctx, attempted, invoice.amount_remaining), result };
  }
  const failed = ctx.update(
    'invoice',
    id,
    { ...attempts, next_payment_attempt: nextAttempt(ctx, invoice) },
    'invoice.updated',
  );
  if (result.kind === 'requires_action') ctx.emit('invoice.payment_action_required', failed);
  ctx.emit('invoice.payment_failed', failed);
  if (invoice.billing_reason !== 'subscription_create') setDelinquent(ctx, invoice, true);
  scheduleInvoice(ctx, failed);
  return { invoice: failed, result };
}

/** The payment method an invoice is charged to: its own, the subscription's, the customer's. */
export function defaultMethod(ctx: Context, invoice: Invoice): PaymentMethod | undefined {
  const subscription = subscriptionOf(ctx, invoice);
  const customer = invoice.customer ? ctx.find('customer', invoice.customer) : undefined;
  const id =
    invoice.default_payment_method ??
    subscription?.default_payment_method ??
    customer?.invoice_settings.default_payment_method;
  return id ? ctx.find('payment_method', id) : undefined;
}

/** Whether a subscription can be charged by itself. */
export function hasPaymentMethod(customer: Customer, subscription: Subscription | null): boolean {
  return Boolean(
    subscription?.default_payment_method ?? customer.invoice_settings.default_payment_method,
  );
}

/** The subscription an invoice bills, if it is still there. */
export function subscriptionOf(ctx: Context, invoice: Invoice): Subscription | undefined {
  const id = invoice.parent?.subscription_details?.subscription;
  return id ? ctx.find('subscription', id) : undefined;
}

/**
 * Stripe's refusal for an attempt that did not pay.
 *
 * @param keepsChanges whether the failed attempt stays in the books
 */
export function paymentError(ctx: Context, collected: Collected, keepsChanges = true): StripeError {
  const { result } = collected;
  const intent = intentIdOf(ctx, collected.invoice);
  if (result.kind === 'declined') {
    const error = declinedError(result, intent);
    return keepsChanges ? error : new StripeError(error.status, error.body);
  }
  if (result.kind === 'requires_action') {
    return new StripeError(
      402,
      {
        type: 'card_error',
        code: isFirst(collected.invoice)
          ? 'subscription_payment_intent_requires_action'
          : 'invoice_payment_intent_requires_action',
        message:
          'This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.',
        payment_intent: intent,
      },
      { keepsChanges },
    );
  }
  return noPaymentMethod();
}

/** Stripe's refusal for a card that was declined, with the payment it was asked for. */
export function declinedError(
  result: Extract<PaymentResult, { kind: 'declined' }>,
  intent: unknown,
): StripeError {
  const { advice, code, decline_code, message } = result.decline;
  return cardError(message, code, {
    advice_code: advice,
    charge: result.charge,
    decline_code,
    payment_intent: intent,
    payment_method: result.method,
  });
}

/** The refusal when there is nothing to charge. */
export function noPaymentMethod(): StripeError {
  return invalidRequest(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority.',
    undefined,
    'resource_missing',
  );
}

function isFirst(invoice: Invoice): boolean {
  return invoice.billing_reason === 'subscription_create';
}

function intentIdOf(ctx: Context, invoice: Invoice): unknown {
  for (const payment of ctx.by('invoice_payment', 'invoice', invoice.id)) {
    const id = payment.payment.payment_intent;
    if (id) return ctx.find('payment_intent', id);
  }
  return undefined;
}

function nextAttempt(ctx: Context, invoice: Invoice): number | null {
  if (!invoice.auto_advance || invoice.collection_method === 'send_invoice') return null;
  if (subscriptionOf(ctx, invoice)?.status === 'incomplete') return null;
  const days = collectionSettings(ctx).retryDays[invoice.attempt_count];
  return days === undefined ? null : ctx.now + days * 86_400;
}

function setDelinquent(ctx: Context, invoice: Invoice, delinquent: boolean): void {
  const customer = invoice.customer ? ctx.find('customer', invoice.customer) : undefined;
  if (!customer || Boolean(customer.delinquent) === delinquent) return;
  ctx.update('customer', customer.id, { delinquent }, 'customer.updated');
}
