import type { Context } from '../core/context';
import type { Period } from './calendar';
import { intervalOf, itemAmount, pricePeriod } from './items';
import type { Customer, Price, Subscription, SubscriptionItem } from './objects';
import { isNew } from './payer';
import { changedItems } from './subscription-items';
import type { SubscriptionUpdateInput } from './subscription-update-input';
import { checkedTrialEnd } from './trial';

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

/** Works out a request's changes to items, trial and anchor. @throws StripeError */
export function planItems(
  ctx: Context,
  former: Subscription,
  customer: Customer,
  input: SubscriptionUpdateInput,
): ItemsPlan {
  const isTrialing = former.status === 'trialing';
  const trial = trialOf(ctx, former, input);
  const isFlexible = former.billing_mode.type === 'flexible';
  const raw = changedItems(ctx, former.items.data, input.items ?? [], {
    subscription: former.id,
    currency: former.currency,
    isFlexible,
    owner: {
      customer,
      subscription: former.id,
      isFirstPurchase: isNew(ctx, customer),
      currency: former.currency,
    },
    periodOf: (price) => naturalPeriod(ctx, former, price),
  });
  const prorates = (input.proration_behavior ?? 'create_prorations') !== 'none';
  const switched = switchesInterval(former.items.data, raw);
  const endsTrial = isTrialing && trial === null;
  const asksNow = input.billing_cycle_anchor?.type === 'now';
  const resets =
    endsTrial || asksNow || (!isFlexible && resetsInClassic(ctx, former, raw, switched));
  const isTrial = trial !== null && (trial.end !== former.trial_end || isTrialing);
  const anchor = isTrial ? trial.end : resets ? ctx.now : former.billing_cycle_anchor;
  const items = raw.map((item) => {
    if (isTrial) return withPeriod(item, trial);
    if (resets) return withPeriod(item, pricePeriod(item.price, anchor, ctx.now));
    return hasNewInterval(item, former) ? switchPeriod(ctx, item, anchor, prorates) : item;
  });
  const bills = !isTrialing && former.status !== 'paused' && former.status !== 'incomplete';
  const isMoved = (item: SubscriptionItem) => resets || isTrial || isChanged(item, former);
  return {
    changes: {
      ...(items.every((item, place) => item === former.items.data[place]) &&
      items.length === former.items.data.length
        ? {}
        : { items: { ...former.items, data: items } }),
      ...(anchor === former.billing_cycle_anchor ? {} : { billing_cycle_anchor: anchor }),
      ...trialFields(ctx, former, trial, endsTrial),
    },
    left: bills
      ? former.items.data.filter(
          (item) => isGone(item, raw) || isMoved(matching(item, raw) ?? item),
        )
      : [],
    joined: bills && !resets && !isTrial ? items.filter((item) => isChanged(item, former)) : [],
    startsPeriod: resets || (isTrial && !isTrialing),
    billsNow: switched && prorates,
    prorates,
  };
}

function trialOf(
  ctx: Context,
  former: Subscription,
  input: SubscriptionUpdateInput,
): Period | null {
  const running =
    former.status === 'trialing' && former.trial_end !== null && former.trial_start !== null
      ? { start: former.trial_start, end: former.trial_end }
      : null;
  if (input.trial_end === undefined) return running;
  if (input.trial_end === 'now') return null;
  const end = checkedTrialEnd(ctx, input.trial_end);
  return { start: running?.start ?? ctx.now, end };
}

function trialFields(
  ctx: Context,
  former: Subscription,
  trial: Period | null,
  endsTrial: boolean,
): Partial<Subscription> {
  if (endsTrial) return { status: 'active', trial_end: ctx.now };
  if (!trial || trial.end === former.trial_end) return {};
  return { status: 'trialing', trial_end: trial.end, trial_start: trial.start };
}

/** Classic mode starts a new cycle when the interval changes or something free becomes paid. */
function resetsInClassic(
  ctx: Context,
  former: Subscription,
  items: SubscriptionItem[],
  switched: boolean,
): boolean {
  if (former.status === 'trialing') return false;
  const total = (list: readonly SubscriptionItem[]) =>
    list.reduce((sum, item) => sum + itemAmount(ctx, item), 0);
  return switched || (total(former.items.data) === 0 && total(items) > 0);
}

function switchesInterval(
  former: readonly SubscriptionItem[],
  items: readonly SubscriptionItem[],
): boolean {
  const known = new Set(former.map((item) => intervalOf(item.price)));
  return items.some((item) => !known.has(intervalOf(item.price)));
}

/** The period a new item shares with the others that are billed as often. */
function naturalPeriod(ctx: Context, subscription: Subscription, price: Price): Period {
  if (subscription.status === 'trialing' && subscription.trial_end !== null) {
    return { start: subscription.trial_start ?? ctx.now, end: subscription.trial_end };
  }
  return pricePeriod(price, subscription.billing_cycle_anchor, ctx.now);
}

/** In flexible mode an item that changes its interval keeps the anchor; unprorated, its period too. */
function switchPeriod(
  ctx: Context,
  item: SubscriptionItem,
  anchor: number,
  prorates: boolean,
): SubscriptionItem {
  if (!prorates) return item;
  return withPeriod(item, { start: ctx.now, end: pricePeriod(item.price, anchor, ctx.now).end });
}

function withPeriod(item: SubscriptionItem, period: Period): SubscriptionItem {
  return { ...item, current_period_start: period.start, current_period_end: period.end };
}

function hasNewInterval(item: SubscriptionItem, former: Subscription): boolean {
  const before = matching(item, former.items.data);
  return before !== undefined && intervalOf(before.price) !== intervalOf(item.price);
}

function isChanged(item: SubscriptionItem, former: Subscription): boolean {
  const before = matching(item, former.items.data);
  if (!before) return true;
  return before.price.id !== item.price.id || before.quantity !== item.quantity;
}

function isGone(item: SubscriptionItem, items: readonly SubscriptionItem[]): boolean {
  return matching(item, items) === undefined;
}

function matching(
  item: SubscriptionItem,
  items: readonly SubscriptionItem[],
): SubscriptionItem | undefined {
  return items.find((candidate) => candidate.id === item.id);
}
