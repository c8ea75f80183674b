import type { Context } from '../core/context';
import { cardError } from '../core/errors';
import type { EventType } from '../core/event';
import { newId } from '../core/ids';
import type { Stored } from '../core/tables';
import { attachPaymentMethod } from '../engine/attach-payment-method';
import { asksForAuthentication, cardOf, markAuthenticated } from '../engine/cards';
import { declineOf } from '../engine/declines';
import { requireAction, settleSetup } from '../engine/pending-setup';

type Intent = Stored<'setup_intent'>;
type Method = Stored<'payment_method'>;

/** Tries to set the card up: it is attached to the customer, or asks for authentication, or fails. */
export function confirmIntent(request: Context, intent: Intent, method: Method): Intent {
  const customer = intent.customer === null ? undefined : request.get('customer', intent.customer);
  const ctx = request.onClockOf(customer);
  const card = cardOf(ctx, method);
  if (card.decline && card.declinesSetup) return failIntent(ctx, intent, method, card.decline);
  if (asksForAuthentication(ctx, method) && intent.status !== 'requires_action') {
    return requireAction(ctx, intent, method);
  }
  if (intent.status === 'requires_action') markAuthenticated(ctx, method);
  if (customer) attachPaymentMethod(ctx, method, customer.id);
  const done = ctx.update('setup_intent', intent.id, {
    last_setup_error: null,
    latest_attempt: newId('setatt'),
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  });
  announce(ctx, done, 'setup_intent.succeeded');
  settleSetup(ctx, done);
  return done;
}

/** The failed try stays on record; the intent asks for another payment method. */
function failIntent(ctx: Context, intent: Intent, method: Method, reason: string): never {
  const { code, decline_code, message } = declineOf(reason);
  const param =
    code === 'expired_card' ? 'exp_month' : code === 'incorrect_cvc' ? 'cvc' : undefined;
  const failed = ctx.update('setup_intent', intent.id, {
    last_setup_error: {
      code,
      decline_code,
      doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
      message,
      ...(param && { param }),
      payment_method: method,
      type: 'card_error',
    },
    latest_attempt: newId('setatt'),
    payment_method: null,
    status: 'requires_payment_method',
  });
  announce(ctx, failed, 'setup_intent.setup_failed');
  throw cardError(message, code, {
    decline_code,
    ...(param && { param }),
    payment_method: method,
    setup_intent: failed,
  });
}

/** Tells of an intent as it is now. */
export function announce(ctx: Context, intent: Intent, event: EventType): Intent {
  ctx.emit(event, intent);
  return intent;
}
