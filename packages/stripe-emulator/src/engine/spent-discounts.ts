import type { Context } from '../core/context';
import type { Invoice, Subscription } from './objects';

/**
 * The discounts a subscription keeps after an invoice: a coupon that counts once is gone with the
 * first invoice it takes something off, a repeating one after its months.
 */
export function dropSpentDiscounts(
  ctx: Context,
  subscription: Subscription,
  invoice: Invoice,
): string[] {
  const amounts = (invoice.total_discount_amounts ?? []).filter(({ amount }) => amount > 0);
  const used = new Set(amounts.map(({ discount }) => discount));
  return subscription.discounts.filter((id) => {
    const discount = ctx.find('discount', id);
    if (!discount) return false;
    const isSpent = ctx.find('_redeemed', id)?.coupon.duration === 'once' && used.has(id);
    const isOver = discount.end !== null && discount.end <= ctx.now;
    if (isSpent || isOver) ctx.emit('customer.discount.deleted', discount);
    return !isSpent && !isOver;
  });
}
