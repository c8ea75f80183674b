import type { Context } from '../core/context';
import { declineFor, markSetUp } from './cards';
import { type Decline, declineOf } from './declines';
import type { Invoice, InvoicePayment, PaymentIntent, PaymentMethod } from './objects';
import { authorize, chargeNow, decline, requireAction } from './payment-outcomes';
import { type Authentication, authenticationFor } from './three-d-secure';

/** What became of an attempt to charge a card. */
export type PaymentResult =
  | { kind: 'paid'; method: PaymentMethod }
  | { kind: 'authorized'; method: PaymentMethod }
  | { kind: 'declined'; decline: Decline; charge: string; method: PaymentMethod }
  | { kind: 'requires_action'; method: PaymentMethod }
  | { kind: 'no_payment_method' };

/** How an attempt is made. Unless it says otherwise the customer is there. */
export interface AttemptOptions {
  /** The customer has just authenticated the payment. */
  authenticated?: boolean;
  /** The customer is not there: nobody can authenticate anything. */
  offSession?: boolean;
  /** A payment that would need its holder fails, instead of waiting for them. */
  failsOnAction?: boolean;
  /** Where the holder is sent back to after authenticating. */
  returnUrl?: string;
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
  const authentication =
    fault?.kind === 'requires_action'
      ? 'challenge'
      : authenticationFor(ctx, method, {
          offSession: options.offSession ?? false,
          requested: isRequested(intent),
        });
  if (authentication === 'challenge' && !options.authenticated) {
    if (options.failsOnAction) {
      return decline(ctx, intent, method, declineOf('authentication_required'));
    }
    return requireAction(ctx, intent, method, options.returnUrl);
  }
  const refused =
    fault?.kind === 'fail' ? declineOf(fault.decline_code ?? '') : declineFor(ctx, method);
  if (authentication === 'error') return decline(ctx, intent, method, declineOf(''));
  if (refused) return decline(ctx, intent, method, refused);
  return succeed(ctx, intent, method, authentication);
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

function isRequested({ payment_method_options: options }: PaymentIntent): boolean {
  const asked = options?.card?.request_three_d_secure;
  return asked === 'any' || asked === 'challenge';
}

function isCapturedLater({ capture_method, payment_method_options: options }: PaymentIntent) {
  return capture_method === 'manual' || options?.card?.capture_method === 'manual';
}

function succeed(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  authentication: Authentication,
): PaymentResult {
  if (intent.setup_future_usage === 'off_session' && authentication === 'challenge') {
    markSetUp(ctx, method);
  }
  const isKept = method.customer !== null || intent.setup_future_usage !== null;
  if (!isKept) ctx.world._detached.put({ id: method.id });
  if (isCapturedLater(intent)) {
    authorize(ctx, intent, method, authentication);
    return { kind: 'authorized', method };
  }
  chargeNow(ctx, intent, method, authentication);
  return { kind: 'paid', method };
}

function settlePayment(ctx: Context, payment: InvoicePayment, amount: number): void {
  const settled = ctx.update('invoice_payment', payment.id, {
    amount_paid: amount,
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: ctx.now },
  });
  ctx.emit('invoice_payment.paid', settled);
}
