import type { Context } from '../core/context';
import type { Customer } from './objects';

/** Whether a customer has never paid anything, which some promotion codes ask for. */
export function isNew(ctx: Context, customer: Customer): boolean {
  for (const invoice of ctx.by('invoice', 'customer', customer.id)) {
    if (invoice.status === 'paid' && invoice.amount_paid > 0) return false;
  }
  return true;
}
