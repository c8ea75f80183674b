import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { intervalOf, pricePeriod } from './items';
import type { Customer, Subscription, SubscriptionItem } from './objects';
import { isNew } from './payer';
import { type Cycle, cycleAfter, cycleFields, runningTrial } from './subscription-cycle';
import { changedItems } from './subscription-items';
import type { SubscriptionUpdateInput } from './subscription-update-input';

/** What a request means for items, periods, trial and anchor. */
export interface ItemsPlan {
  changes: Partial<Subscription>;
  /** Former items whose unused time is given back. */
  left: SubscriptionItem[];
  /** Present items whose remaining time is charged. */
  joined: SubscriptionItem[];
  /** All items begin a new period now, which is billed at once. */
  startsPeriod: boolean;
  /** A change of interval is billed at once even where prorations would wait. */
  billsNow: boolean;
  prorates: boolean;
}

const BILLED: ReadonlySet<string> = new Set(['active', 'past_due', 'unpaid']);

/** Works out a request's changes to items, trial and anchor. @throws StripeError */
export function planItems(
  ctx: Context,
  former: Subscription,
  customer: Customer,
  input: SubscriptionUpdateInput,
): ItemsPlan {
  const prorates = (input.proration_behavior ?? 'create_prorations') !== 'none';
  const asked = askedItems(ctx, former, customer, input);
  const cycle = cycleAfter(ctx, former, asked, input);
  const items = asked.map((item) => inCycle(ctx, former, item, cycle, prorates));
  const isBilled = BILLED.has(former.status);
  const isRestarted = cycle.restarts || cycle.movesTrial;
  const changed = items.filter((item) => isChanged(item, former));
  const staying = new Set(
    items.filter((item) => !isRestarted && !changed.includes(item)).map((item) => item.id),
  );
  return {
    changes: { ...cycleFields(ctx, former, cycle), items: { ...former.items, data: items } },
    left: isBilled ? former.items.data.filter((item) => !staying.has(item.id)) : [],
    joined: isBilled && !isRestarted ? changed : [],
    startsPeriod: cycle.restarts || (cycle.movesTrial && isBilled),
    billsNow: cycle.switchesInterval && prorates,
    prorates,
  };
}

/** The items as asked for; a new one shares the period of those that are billed as often. */
function askedItems(
  ctx: Context,
  former: Subscription,
  customer: Customer,
  input: SubscriptionUpdateInput,
): SubscriptionItem[] {
  return changedItems(ctx, former.items.data, input.items ?? [], {
    subscription: former.id,
    currency: former.currency,
    isFlexible: former.billing_mode.type === 'flexible',
    owner: {
      customer,
      subscription: former.id,
      isFirstPurchase: isNew(ctx, customer),
      currency: former.currency,
    },
    periodOf: (price) =>
      runningTrial(former) ?? pricePeriod(price, former.billing_cycle_anchor, ctx.now),
  });
}

/**
 * An item in the cycle that the change leads to. In flexible mode an item that changes its interval
 * keeps the anchor and, where nothing is prorated, its running period too.
 */
function inCycle(
  ctx: Context,
  former: Subscription,
  item: SubscriptionItem,
  { anchor, restarts, trial }: Cycle,
  prorates: boolean,
): SubscriptionItem {
  if (trial) return withPeriod(item, trial);
  if (restarts) return withPeriod(item, pricePeriod(item.price, anchor, ctx.now));
  const before = former.items.data.find((candidate) => candidate.id === item.id);
  const switches = before && intervalOf(before.price) !== intervalOf(item.price);
  if (!switches || !prorates) return item;
  return withPeriod(item, { start: ctx.now, end: pricePeriod(item.price, anchor, ctx.now).end });
}

function withPeriod(item: SubscriptionItem, period: Period): SubscriptionItem {
  return { ...item, current_period_start: period.start, current_period_end: period.end };
}

function isChanged(item: SubscriptionItem, former: Subscription): boolean {
  const before = former.items.data.find((candidate) => candidate.id === item.id);
  return before?.price.id !== item.price.id || before.quantity !== item.quantity;
}
