import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { needsSetup } from './cards';
import { nextAction } from './next-action';
import type { Customer, PaymentMethod, SetupIntent, Subscription } from './objects';
import { createSetupIntent } from './setup-intent-object';
import { changeSubscription } from './subscription-changes';

/**
 * The setup intent by which a subscription that has nothing to pay yet (a trial, a free first period)
 * gets a card that can be charged later.
 *
 * @returns its id; `null` when there is a card already that needs nothing more
 */
export function pendingSetup(
  ctx: Context,
  customer: Customer,
  subscription: Subscription,
): string | null {
  if (subscription.collection_method === 'send_invoice') return null;
  const method = ctx.find(
    'payment_method',
    subscription.default_payment_method ?? customer.invoice_settings.default_payment_method ?? '',
  );
  if (method && !needsSetup(ctx, method)) return null;
  const intent = createSetupIntent(ctx, { customer, metadata: {}, method });
  return method ? requireAction(ctx, intent, method).id : intent.id;
}

/** Puts a setup intent into waiting for the card's holder to authenticate. */
export function requireAction(
  ctx: Context,
  intent: SetupIntent,
  method: PaymentMethod,
  returnUrl?: string,
): SetupIntent {
  const waiting = ctx.update('setup_intent', intent.id, {
    latest_attempt: newId('setatt'),
    next_action: nextAction(ctx, intent.id, returnUrl),
    payment_method: method.id,
    status: 'requires_action',
  });
  ctx.emit('setup_intent.requires_action', waiting);
  return waiting;
}

/** A subscription that waited for a setup intent is charged by its card from now on. */
export function settleSetup(ctx: Context, intent: SetupIntent): void {
  if (intent.customer === null) return;
  for (const subscription of [...ctx.by('subscription', 'customer', intent.customer)]) {
    if (subscription.pending_setup_intent !== intent.id) continue;
    changeSubscription(ctx, subscription.id, {
      default_payment_method: intent.payment_method,
      pending_setup_intent: null,
    });
  }
}
