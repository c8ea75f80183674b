import type { Context } from '../core/context';
import { missing } from '../core/errors';
import { exclusive } from '../core/params';
import type { Stored } from '../core/tables';

/**
 * The customer a request names, by `customer` or by the Account that represents it
 * (`customer_account`); undefined when it names none.
 * @throws StripeError when it names both, or one that does not exist
 */
export function customerAccountOf(
  ctx: Context,
  params: { customer?: string | null; customer_account?: string | null },
): Stored<'customer'> | undefined {
  const { customer, customer_account: account } = params;
  if (customer && account)
    exclusive({ customer, customer_account: account }, 'customer', 'customer_account');
  if (customer) return ctx.get('customer', customer, 'customer');
  if (!account) return undefined;
  const found = ctx.by('customer', 'customer_account', account).next();
  if (!found.done) return found.value;
  throw missing('account', account, 'customer_account');
}
