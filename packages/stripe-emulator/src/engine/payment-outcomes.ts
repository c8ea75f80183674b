import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { cardOf, checksOf } from './cards';
import { recordFunds } from './charge-funds';
import type { Decline } from './declines';
import { invoiceUrl } from './hosted-links';
import { nextAction } from './next-action';
import type { Charge, PaymentIntent, PaymentMethod } from './objects';
import type { PaymentResult } from './payment-attempt';
import { newCharge } from './payment-objects';
import { type Authentication, threeDSecureOf } from './three-d-secure';

/** How long a card's authorization lasts (docs.stripe.com/payments/place-a-hold-on-a-payment-method). */
const HOLD_SECONDS = 7 * 86_400;

/**
 * Takes the money at once. Where capture is asynchronous, the charge learns of its balance transaction
 * after it has been told of.
 */
export function chargeNow(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  authentication: Authentication,
): void {
  const isLate = intent.capture_method === 'automatic_async';
  const inserted = insertCharge(ctx, intent, method, { authentication });
  const charge = isLate ? inserted : recordFunds(ctx, inserted);
  ctx.emit('charge.succeeded', charge);
  const paid = ctx.update('payment_intent', intent.id, {
    ...chargedBy(charge, method),
    amount_received: intent.amount,
    status: 'succeeded',
  });
  ctx.emit('payment_intent.succeeded', paid);
  if (isLate) recordFunds(ctx, charge, 'charge.updated');
}

/** Puts a hold on the money, which is to be captured before the hold ends. */
export function authorize(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  authentication: Authentication,
): void {
  const heldUntil = ctx.now + HOLD_SECONDS;
  const charge = insertCharge(ctx, intent, method, { authentication, heldUntil });
  ctx.emit('charge.succeeded', charge);
  const held = ctx.update('payment_intent', intent.id, {
    ...chargedBy(charge, method),
    amount_capturable: intent.amount,
    status: 'requires_capture',
  });
  ctx.emit('payment_intent.amount_capturable_updated', held);
  ctx.schedule('payment_intent.expire', intent.id, heldUntil);
}

/** Notes that the bank, or Radar before it, refused the payment. */
export function decline(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  why: Decline,
): PaymentResult {
  const charge = insertCharge(ctx, intent, method, { authentication: 'none', decline: why });
  ctx.emit('charge.failed', charge);
  const failed = ctx.update('payment_intent', intent.id, {
    last_payment_error: {
      advice_code: why.advice,
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

/** Waits for the card's holder, who authenticates on a page of the emulator in their bank's place. */
export function requireAction(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  returnUrl: string | undefined,
): PaymentResult {
  const waiting = ctx.update('payment_intent', intent.id, {
    last_payment_error: null,
    next_action: nextAction(ctx, intent.id, returnUrl),
    payment_method: method.id,
    status: 'requires_action',
  });
  ctx.emit('payment_intent.requires_action', waiting);
  return { kind: 'requires_action', method };
}

interface Outcome {
  authentication: Authentication;
  decline?: Decline;
  heldUntil?: number;
}

function insertCharge(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  { authentication, decline: why, heldUntil }: Outcome,
): Charge {
  return ctx.insert(
    'charge',
    newCharge({
      id: newId('ch'),
      checks: checksOf(ctx, method),
      created: ctx.now,
      decline: why ?? null,
      heldUntil: heldUntil ?? null,
      intent,
      method,
      receiptUrl: why ? null : receiptUrl(ctx, intent),
      risk: cardOf(ctx, method).risk ?? 'normal',
      threeDSecure: threeDSecureOf(authentication),
    }),
  );
}

function chargedBy(charge: Charge, method: PaymentMethod): Partial<PaymentIntent> {
  return {
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
  };
}

/** The page of the invoice that a charge pays is its receipt. */
function receiptUrl(ctx: Context, intent: PaymentIntent): string | null {
  const [payment] = ctx.by('invoice_payment', 'payment_intent', intent.id);
  return payment ? invoiceUrl(ctx, payment.invoice) : null;
}
