import type { Context } from '../core/context';
import { subscriptionOf } from './collection';
import { markUncollectible, voidInvoice } from './invoice-states';
import type { Invoice } from './objects';
import { expireIncomplete } from './subscription-end';
import { settlePaid } from './subscription-settle';

/**
 * Gives up on an invoice, and draws the consequences: an incomplete subscription never was, a late one
 * is no longer late.
 *
 * @throws StripeError when the invoice's state does not allow it
 */
export function writeOff(ctx: Context, id: string, how: 'void' | 'uncollectible'): Invoice {
  if (how === 'void') voidInvoice(ctx, id);
  else markUncollectible(ctx, id, 'user_forgiven');
  const invoice = ctx.get('invoice', id);
  const subscription = subscriptionOf(ctx, invoice);
  if (subscription?.status === 'incomplete' && how === 'void') expireIncomplete(ctx, subscription);
  if (subscription?.status === 'past_due' || subscription?.status === 'unpaid') {
    settlePaid(ctx, subscription, invoice);
  }
  return invoice;
}
