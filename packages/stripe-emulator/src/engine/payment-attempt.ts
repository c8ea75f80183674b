import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { asksForAuthentication, cardOf, markAuthenticated } from './cards';
import { type Decline, declineOf } from './declines';
import { invoiceUrl } from './hosted-links';
import type { Invoice, InvoicePayment, PaymentIntent, PaymentMethod } from './objects';
import { newCharge } from './payment-objects';

/** What became of an attempt to collect an invoice. */
export type PaymentResult =
  | { kind: 'paid'; method: PaymentMethod }
  | { kind: 'declined'; decline: Decline; charge: string; method: PaymentMethod }
  | { kind: 'requires_action'; method: PaymentMethod }
  | { kind: 'no_payment_method' };

/** How an attempt is made. */
export interface AttemptOptions {
  /** The customer is there and has just authenticated the payment. */
  authenticated?: boolean;
}

/**
 * Charges an open invoice's payment intent, and settles the invoice payment with an event; what it
 * means for invoice and subscription is the caller's.
 */
export function attemptPayment(
  ctx: Context,
  invoice: Invoice,
  method: PaymentMethod | undefined,
  options: AttemptOptions = {},
): PaymentResult {
  const payment = openPayment(ctx, invoice);
  const intent = payment && intentOf(ctx, payment);
  if (!method || !payment || !intent) return { kind: 'no_payment_method' };
  const result = chargeIntent(ctx, intent, method, options);
  if (result.kind === 'paid') settlePayment(ctx, payment, intent.amount);
  return result;
}

/** Charges a payment intent. Writes the intent and, when the card was asked, the charge, with events. */
export function chargeIntent(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  options: AttemptOptions = {},
): PaymentResult {
  const fault = ctx.nextPaymentFault();
  const asks = fault?.kind === 'requires_action' || asksForAuthentication(ctx, method);
  if (asks && !options.authenticated) return requireAction(ctx, intent, method);
  if (asks) markAuthenticated(ctx, method);
  const reason =
    fault?.kind === 'fail'
      ? (fault.decline_code ?? 'generic_decline')
      : cardOf(ctx, method).decline;
  if (reason) return decline(ctx, intent, method, declineOf(reason));
  return succeed(ctx, intent, method);
}

/** The open payment an invoice is collected by. */
export function openPayment(ctx: Context, invoice: Invoice): InvoicePayment | undefined {
  for (const payment of ctx.by('invoice_payment', 'invoice', invoice.id)) {
    if (payment.status === 'open') return payment;
  }
  return undefined;
}

function intentOf(ctx: Context, payment: InvoicePayment): PaymentIntent | undefined {
  const id = payment.payment.payment_intent;
  return id ? ctx.find('payment_intent', id) : undefined;
}

function succeed(ctx: Context, intent: PaymentIntent, method: PaymentMethod): PaymentResult {
  const charge = newCharge({
    id: newId('ch'),
    created: ctx.now,
    intent,
    method,
    decline: null,
    receiptUrl: receiptUrl(ctx, intent),
  });
  ctx.insert('charge', charge, 'charge.succeeded');
  const paid = ctx.update('payment_intent', intent.id, {
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  });
  ctx.emit('payment_intent.succeeded', paid);
  return { kind: 'paid', method };
}

/** The page of the invoice that a charge pays is its receipt. */
function receiptUrl(ctx: Context, intent: PaymentIntent): string | null {
  const [payment] = ctx.by('invoice_payment', 'payment_intent', intent.id);
  return payment ? invoiceUrl(ctx, payment.invoice) : null;
}

function settlePayment(ctx: Context, payment: InvoicePayment, amount: number): void {
  const settled = ctx.update('invoice_payment', payment.id, {
    amount_paid: amount,
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: ctx.now },
  });
  ctx.emit('invoice_payment.paid', settled);
}

function decline(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  why: Decline,
): PaymentResult {
  const charge = newCharge({
    id: newId('ch'),
    created: ctx.now,
    intent,
    method,
    decline: why,
    receiptUrl: null,
  });
  ctx.insert('charge', charge, 'charge.failed');
  const failed = ctx.update('payment_intent', intent.id, {
    last_payment_error: {
      advice_code: 'try_again_later',
      charge: charge.id,
      code: why.code,
      decline_code: why.decline_code,
      doc_url: `https://docs.stripe.com/error-codes/${why.code.replaceAll('_', '-')}`,
      message: why.message,
      payment_method: method,
      type: 'card_error',
    },
    latest_charge: charge.id,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  ctx.emit('payment_intent.payment_failed', failed);
  return { kind: 'declined', decline: why, charge: charge.id, method };
}

function requireAction(ctx: Context, intent: PaymentIntent, method: PaymentMethod): PaymentResult {
  const waiting = ctx.update('payment_intent', intent.id, {
    last_payment_error: null,
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
    payment_method: method.id,
    status: 'requires_action',
  });
  ctx.emit('payment_intent.requires_action', waiting);
  return { kind: 'requires_action', method };
}
