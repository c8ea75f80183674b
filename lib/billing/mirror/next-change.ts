import type Stripe from 'stripe';
import type { NextChange } from '../json-columns';
import { planOfProduct } from '../plans';
import { idOf } from '../stripe';
import { unixDate } from './unix-date';

/**
 * The change of plan that a subscription has before it: one that waits for its payment, or the next
 * phase of its schedule. A schedule that only pauses the subscription changes no plan.
 *
 * @param schedules the customer's, with the phases' prices expanded
 * @param amountOf what a price costs in the subscription's currency, in its smallest unit
 */
export function nextChange(
  subscription: Stripe.Subscription,
  schedules: readonly Stripe.SubscriptionSchedule[],
  amountOf: AmountOf,
): NextChange | null {
  const { pending_update: pending, latest_invoice } = subscription;
  if (pending?.subscription_items) {
    const goal = goalOf(pending.subscription_items, amountOf);
    const invoiceId = latest_invoice && idOf(latest_invoice);
    const at = unixDate(pending.expires_at).toISOString();
    return goal && { kind: 'unpaid', at, ...goal, invoiceId };
  }
  const phase = nextPhase(subscription, schedules);
  const goal = phase && goalOf(phase.items, amountOf);
  if (!goal || isHeld(subscription, goal)) return null;
  const at = unixDate(phase.start_date).toISOString();
  return { kind: 'scheduled', at, ...goal, invoiceId: null };
}

/** The prices of the change that is to come, to be asked for what they cost. */
export function plannedPrices(
  subscription: Stripe.Subscription,
  schedules: readonly Stripe.SubscriptionSchedule[],
): Stripe.Price[] {
  const items: readonly Item[] =
    subscription.pending_update?.subscription_items ??
    nextPhase(subscription, schedules)?.items ??
    [];
  return items.flatMap(({ price }) => (isPrice(price) ? [price] : []));
}

function nextPhase(
  subscription: Stripe.Subscription,
  schedules: readonly Stripe.SubscriptionSchedule[],
) {
  const schedule = schedules.find(
    ({ id }) => subscription.schedule && id === idOf(subscription.schedule),
  );
  const end = schedule?.current_phase?.end_date;
  return schedule?.phases.find(({ start_date }) => start_date === end);
}

type AmountOf = (price: Stripe.Price) => number | null;

type Goal = Omit<NextChange, 'kind' | 'at' | 'invoiceId'>;

type Item = { price: string | Stripe.Price | Stripe.DeletedPrice; quantity?: number };

/** What the item for one of our plans is to be; else what the first item is to be. */
function goalOf(items: readonly Item[], amountOf: AmountOf): Goal | null {
  const goals = items.flatMap(({ price, quantity = 1 }): Goal[] => {
    if (!isPrice(price)) return [];
    return [
      {
        plan: planOfProduct(idOf(price.product))?.name ?? null,
        priceId: price.id,
        unitAmount: amountOf(price),
        quantity,
        interval: price.recurring?.interval ?? 'month',
        intervalCount: price.recurring?.interval_count ?? 1,
      },
    ];
  });
  return goals.find(({ plan }) => plan) ?? goals[0] ?? null;
}

function isPrice(price: Item['price']): price is Stripe.Price {
  return typeof price === 'object' && !price.deleted;
}

function isHeld({ items }: Stripe.Subscription, { priceId, quantity }: Goal): boolean {
  return items.data.some((item) => item.price.id === priceId && (item.quantity ?? 1) === quantity);
}
