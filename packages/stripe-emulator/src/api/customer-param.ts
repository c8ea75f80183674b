import type { Context } from '../core/context';
import { missingParam } from '../core/params';
import type { Stored } from '../core/tables';
import { customerAccountOf } from './customer-account';

/**
 * The customer a request has to name, by `customer` or `customer_account`.
 *
 * @throws StripeError when neither is given, or no such customer exists (any more)
 */
export function customerOf(
  ctx: Context,
  params: { customer?: string; customer_account?: string },
): Stored<'customer'> {
  const customer = customerAccountOf(ctx, params);
  if (!customer) throw missingParam('customer');
  return customer;
}
