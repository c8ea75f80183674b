import type Stripe from 'stripe';
import { planOfProduct } from '../plans';
import { idOf } from '../stripe';
import type { NextChange } from './rows';
import { unixDate } from './unix-date';

/**
 * The change of plan that a subscription has before it: one that waits for its payment, or the next
 * phase of its schedule. A schedule that only pauses the subscription changes no plan.
 *
 * @param schedules the customer's, with the phases' prices expanded
 */
export function nextChange(
  subscription: Stripe.Subscription,
  schedules: readonly Stripe.SubscriptionSchedule[],
): NextChange | null {
  const { pending_update: pending, latest_invoice, currency } = subscription;
  if (pending?.subscription_items) {
    const goal = goalOf(pending.subscription_items, currency);
    const invoiceId = latest_invoice && idOf(latest_invoice);
    const at = unixDate(pending.expires_at).toISOString();
    return goal && { kind: 'unpaid', at, ...goal, invoiceId };
  }
  const schedule = schedules.find(
    ({ id }) => subscription.schedule && id === idOf(subscription.schedule),
  );
  const end = schedule?.current_phase?.end_date;
  const phase = schedule?.phases.find(({ start_date }) => start_date === end);
  const goal = phase && goalOf(phase.items, currency);
  if (!goal || isHeld(subscription, goal)) return null;
  const at = unixDate(phase.start_date).toISOString();
  return { kind: 'scheduled', at, ...goal, invoiceId: null };
}

type Goal = Omit<NextChange, 'kind' | 'at' | 'invoiceId'>;

type Item = { price: string | Stripe.Price | Stripe.DeletedPrice; quantity?: number };

/** What the item for one of our plans is to be; else what the first item is to be. */
function goalOf(items: readonly Item[], currency: string): Goal | null {
  const goals = items.flatMap(({ price, quantity = 1 }): Goal[] => {
    if (typeof price === 'string' || price.deleted) return [];
    return [
      {
        plan: planOfProduct(idOf(price.product))?.name ?? null,
        priceId: price.id,
        unitAmount: price.currency === currency ? price.unit_amount : null,
        quantity,
        interval: price.recurring?.interval ?? 'month',
        intervalCount: price.recurring?.interval_count ?? 1,
      },
    ];
  });
  return goals.find(({ plan }) => plan) ?? goals[0] ?? null;
}

function isHeld({ items }: Stripe.Subscription, { priceId, quantity }: Goal): boolean {
  return items.data.some((item) => item.price.id === priceId && (item.quantity ?? 1) === quantity);
}
