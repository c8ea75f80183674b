import type { Context } from '../core/context';
import { exclusive } from '../core/params';
import type { Stored } from '../core/tables';
import { createCustomer } from './create-customer';

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
  return found.done
    ? customerFor(ctx, ctx.get('account', account, 'customer_account'))
    : found.value;
}

/** An Account becomes a customer when it is first used as one. */
function customerFor(ctx: Context, account: Stored<'account'>): Stored<'customer'> {
  const customer = createCustomer(ctx, {
    email: account.email,
    name: account.business_profile?.name ?? null,
  });
  return ctx.update('customer', customer.id, { customer_account: account.id });
}
