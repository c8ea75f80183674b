import { z } from 'zod';
import type { Context } from '../../core/context';
import { invalidRequest, missing, StripeError } from '../../core/errors';
import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';
import { answerSetup } from '../../engine/authentication';
import { NOT_AUTHENTICATED } from '../shared/wording';
import { isNeeded } from './default-method';
import { shownSubscriptions } from './subscriptions';
import type { Visit } from './visit';

const setupShape = z.object({ id: z.string(), status: z.string() });

/** @throws StripeError when the configuration does not let cards be changed */
export function requireMethodUpdate(visit: Visit): void {
  if (visit.configuration.features.payment_method_update.enabled) return;
  throw invalidRequest('Payment methods cannot be changed here.');
}

/** @throws StripeError when it is not the visitor's */
export function ownMethod(ctx: Context, visit: Visit, id: string): Stored<'payment_method'> {
  requireMethodUpdate(visit);
  const method = ctx.get('payment_method', id);
  if (method.customer !== visit.customer.id) throw missing('PaymentMethod', id);
  return method;
}

/** Attaches a new card for later payments. @throws StripeError 402 when the bank declines it */
export function setUpMethod(emulator: StripeEmulator, visit: Visit, method: string) {
  return setupShape.parse(
    emulator.call(visit.world, 'POST', '/v1/setup_intents', {
      customer: visit.customer.id,
      payment_method: method,
      confirm: true,
      usage: 'off_session',
    }),
  );
}

/** Future invoices go to this card; a subscription with a card of its own follows. */
export function makeDefault(emulator: StripeEmulator, visit: Visit, id: string): void {
  const method = emulator.run(visit.world, (ctx) => ownMethod(ctx, visit, id));
  emulator.core.transact(() => {
    emulator.call(visit.world, 'POST', `/v1/customers/${visit.customer.id}`, {
      invoice_settings: { default_payment_method: method.id },
    });
    const subscriptions = emulator.run(visit.world, (ctx) => shownSubscriptions(ctx, visit));
    for (const subscription of subscriptions) {
      if (subscription.default_payment_method === null) continue;
      emulator.call(visit.world, 'POST', `/v1/subscriptions/${subscription.id}`, {
        default_payment_method: method.id,
      });
    }
  });
}

/** Removes a card. @throws StripeError when a subscription is charged to it by default */
export function removeMethod(emulator: StripeEmulator, visit: Visit, id: string): void {
  const method = emulator.run(visit.world, (ctx) => ownMethod(ctx, visit, id));
  if (emulator.run(visit.world, (ctx) => isNeeded(ctx, visit, method.id))) {
    throw invalidRequest(
      'Your subscription is paid with this payment method. Choose another first.',
    );
  }
  emulator.call(visit.world, 'POST', `/v1/payment_methods/${method.id}/detach`);
}

/**
 * The card holder's answer to their bank. Gives the card that is set up.
 * @throws StripeError 402 when the authentication failed
 */
export function answerAuthentication(
  emulator: StripeEmulator,
  visit: Visit,
  intent: string,
  succeeded: boolean,
): string {
  const setup = emulator.run(visit.world, (ctx) => ctx.get('setup_intent', intent));
  if (setup.customer !== visit.customer.id) throw missing('setupintent', intent);
  const path = `/v1/setup_intents/${setup.id}`;
  if (!succeeded) {
    emulator.call(visit.world, 'POST', `${path}/cancel`, { cancellation_reason: 'abandoned' });
    throw new StripeError(402, {
      type: 'card_error',
      code: 'setup_intent_authentication_failure',
      message: NOT_AUTHENTICATED,
    });
  }
  emulator.run(visit.world, (ctx) => answerSetup(ctx, setup, true));
  return setup.payment_method ?? '';
}
