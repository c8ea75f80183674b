import type { Context } from '../../core/context';
import { invalidRequest, missing } from '../../core/errors';
import type { Stored } from '../../core/tables';
import type { Visit } from './visit';

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
