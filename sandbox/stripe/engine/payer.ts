import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { Customer } from './objects';

/** Whether a customer has never paid anything, which some promotion codes ask for. */
export function isNew(ctx: Context, customer: Customer): boolean {
  for (const invoice of ctx.by('invoice', 'customer', customer.id)) {
    if (invoice.status === 'paid' && invoice.amount_paid > 0) return false;
  }
  return true;
}

/** @throws StripeError for a payment method that is not this customer's */
export function refuseForeignMethod(
  ctx: Context,
  customer: Customer,
  method: string | null | undefined,
  param = 'default_payment_method',
): void {
  if (!method) return;
  if (ctx.get('payment_method', method, param).customer === customer.id) return;
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
    param,
    'resource_missing',
  );
}
