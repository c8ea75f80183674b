import type { Context } from '../core/context';
import type { Stored } from '../core/tables';
import { needsSetup, setupDeclineFor } from '../engine/cards';
import { requireAction } from '../engine/pending-setup';
import { failSetup, succeedSetup } from '../engine/setup-outcomes';

type Intent = Stored<'setup_intent'>;
type Method = Stored<'payment_method'>;

/** Tries to set the card up: it is attached to the customer, or asks for authentication, or fails. */
export function confirmIntent(
  request: Context,
  intent: Intent,
  method: Method,
  returnUrl?: string,
): Intent {
  const customer = intent.customer === null ? undefined : request.get('customer', intent.customer);
  const ctx = request.onClockOf(customer);
  const refused = setupDeclineFor(ctx, method);
  if (refused) return failSetup(ctx, intent, method, refused);
  if (needsSetup(ctx, method)) return requireAction(ctx, intent, method, returnUrl);
  return succeedSetup(ctx, intent, method, false);
}
