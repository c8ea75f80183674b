import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { Stored } from '../core/tables';

/**
 * Lets go of a payment method; what used it by default goes without one.
 * @throws StripeError when it is nobody's
 */
export function detachPaymentMethod(
  request: Context,
  method: Stored<'payment_method'>,
): Stored<'payment_method'> {
  if (method.customer === null) {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  const customer = request.get('customer', method.customer);
  const ctx = request.onClockOf(customer);
  ctx.world._detached.put({ id: method.id });
  const detached = ctx.update(
    'payment_method',
    method.id,
    { customer: null, customer_account: null },
    'payment_method.detached',
  );
  if (customer.invoice_settings.default_payment_method === method.id) {
    const invoice_settings = { ...customer.invoice_settings, default_payment_method: null };
    ctx.update('customer', customer.id, { invoice_settings }, 'customer.updated');
  }
  for (const subscription of [...ctx.by('subscription', 'customer', customer.id)]) {
    if (subscription.default_payment_method !== method.id) continue;
    ctx.update(
      'subscription',
      subscription.id,
      { default_payment_method: null },
      'customer.subscription.updated',
    );
  }
  return detached;
}
