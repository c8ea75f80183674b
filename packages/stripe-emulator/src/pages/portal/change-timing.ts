import type { Context } from '../../core/context';
import { itemAmount } from '../../engine/items';
import type { PlanChange } from './plan-change';
import type { Visit } from './visit';

/** Days in an interval, good enough to say which of two is shorter. */
const DAYS: Record<string, number> = { day: 1, week: 7, month: 30.4, year: 365 };

/**
 * Whether the configuration puts a change off to the end of the period: it meets one of the
 * conditions, and stays within the product, as end-of-period changes must.
 */
export function isPutOff(ctx: Context, { configuration }: Visit, change: PlanChange): boolean {
  const { conditions } = configuration.features.subscription_update.schedule_at_period_end;
  if (change.offered.product.id !== change.item.price.product) return false;
  return conditions.some(({ type }) => {
    if (type === 'shortening_interval') return shortens(change);
    return type === 'decreasing_item_amount' && decreases(ctx, change);
  });
}

function decreases(ctx: Context, { item, offered, quantity }: PlanChange): boolean {
  return itemAmount(ctx, { ...item, price: offered.price, quantity }) < itemAmount(ctx, item);
}

function shortens({ item, offered }: PlanChange): boolean {
  return daysOf(offered.price.recurring) < daysOf(item.price.recurring);
}

function daysOf(recurring: { interval: string; interval_count: number } | null): number {
  return recurring ? (DAYS[recurring.interval] ?? 0) * recurring.interval_count : 0;
}
