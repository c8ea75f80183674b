import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { mergeMetadata } from '../core/metadata';
import { type DiscountChoice, type DiscountOwner, redeemDiscounts } from './discounts';
import type { InlinePrice } from './inline-price';
import { intervalOf, isMetered } from './items';
import type { Price, SubscriptionItem } from './objects';
import { recurringPrice } from './recurring-price';
import { newSubscriptionItem } from './subscription-object';
import { taxRatesOf } from './tax-rates';
import { billUsageFrom } from './usage-lines';

/** One element of `items` as a request gives it. */
export interface ItemInput {
  id?: string;
  billing_thresholds?: { usage_gte: number } | null;
  deleted?: boolean;
  clear_usage?: boolean;
  price?: string;
  plan?: string;
  price_data?: InlinePrice;
  quantity?: number;
  /** The price was looked at when it was offered; it may have been archived since. */
  wasOffered?: boolean;
  metadata?: Record<string, string | null> | null;
  discounts?: DiscountChoice[] | null;
  tax_rates?: string[] | null;
}

/** What the items of one subscription have in common. */
export interface ItemsContext {
  subscription: string;
  currency: string;
  isFlexible: boolean;
  owner: DiscountOwner;
  /** The period of a new or changed item. */
  periodOf: (price: Price) => Period;
}

/**
 * The items after a request's changes to them, in their order; new ones come last.
 *
 * @throws StripeError for unknown items and prices, two items with one price, mixed intervals in
 *   classic mode, and when nothing would be left
 */
export function changedItems(
  ctx: Context,
  current: readonly SubscriptionItem[],
  inputs: readonly ItemInput[],
  common: ItemsContext,
): SubscriptionItem[] {
  let items = [...current];
  inputs.forEach((input, index) => {
    const path = `items[${index}]`;
    const known = input.id ? findItem(items, input.id, path) : undefined;
    if (input.clear_usage) clearUsage(ctx, known, path);
    if (input.deleted) {
      if (!known) throw invalidRequest('You must pass an id to delete an item.', `${path}[id]`);
      items = items.filter((item) => item.id !== known.id);
    } else if (known) {
      const changed = changeItem(ctx, known, input, path, common);
      items = items.map((item) => (item.id === known.id ? changed : item));
    } else {
      items.push(addItem(ctx, input, path, common));
    }
  });
  refuseImpossible(items, common.isFlexible);
  return items;
}

function addItem(
  ctx: Context,
  input: ItemInput,
  path: string,
  common: ItemsContext,
): SubscriptionItem {
  const price = recurringPrice(ctx, input, path, common.currency);
  const id = newId('si', 14);
  const owner = { ...common.owner, subscription_item: id };
  return newSubscriptionItem({
    id,
    billing_thresholds: input.billing_thresholds ?? null,
    created: ctx.now,
    subscription: common.subscription,
    price,
    quantity: isMetered(price) ? undefined : (input.quantity ?? 1),
    period: common.periodOf(price),
    metadata: mergeMetadata({}, input.metadata),
    discounts: redeemDiscounts(ctx, input.discounts ?? [], owner, `${path}[discounts]`),
    tax_rates: taxRatesOf(ctx, input.tax_rates, `${path}[tax_rates]`),
  });
}

function changeItem(
  ctx: Context,
  item: SubscriptionItem,
  input: ItemInput,
  path: string,
  common: ItemsContext,
): SubscriptionItem {
  const names = input.price ?? input.plan ?? input.price_data;
  const price = names ? recurringPrice(ctx, input, path, common.currency) : item.price;
  const owner = { ...common.owner, subscription_item: item.id };
  const changed = newSubscriptionItem({
    id: item.id,
    billing_thresholds:
      input.billing_thresholds === undefined ? item.billing_thresholds : input.billing_thresholds,
    created: item.created,
    subscription: item.subscription,
    price,
    quantity: isMetered(price) ? undefined : (input.quantity ?? item.quantity ?? 1),
    period: { start: item.current_period_start, end: item.current_period_end },
    metadata: mergeMetadata(item.metadata, input.metadata),
    discounts:
      input.discounts === undefined
        ? item.discounts
        : redeemDiscounts(ctx, input.discounts ?? [], owner, `${path}[discounts]`),
    tax_rates:
      input.tax_rates === undefined
        ? item.tax_rates
        : taxRatesOf(ctx, input.tax_rates, `${path}[tax_rates]`),
  });
  return { ...item, ...changed };
}

/** What an item was used for is not billed. @throws StripeError for a price that is not metered */
function clearUsage(ctx: Context, item: SubscriptionItem | undefined, path: string): void {
  if (!item || !isMetered(item.price)) {
    throw invalidRequest(
      '`clear_usage` is allowed only for an item with a metered price.',
      `${path}[clear_usage]`,
    );
  }
  billUsageFrom(ctx, item.id, ctx.now);
}

function findItem(items: SubscriptionItem[], id: string, path: string): SubscriptionItem {
  const item = items.find((candidate) => candidate.id === id);
  if (item) return item;
  throw invalidRequest(`No such subscription item: '${id}'`, `${path}[id]`, 'resource_missing');
}

function refuseImpossible(items: SubscriptionItem[], isFlexible: boolean): void {
  if (items.length === 0) {
    throw invalidRequest(
      'A subscription must have at least one active item. To cancel the subscription, use the cancel endpoint.',
      'items',
    );
  }
  if (items.length > 20) {
    throw invalidRequest('Subscriptions can have at most 20 items.', 'items');
  }
  const seen = new Set<string>();
  for (const { price } of items) {
    if (seen.has(price.id)) {
      throw invalidRequest(
        `Cannot add multiple subscription items with the same plan: ${price.id}`,
        'items',
      );
    }
    seen.add(price.id);
  }
  const intervals = new Set(items.map(({ price }) => intervalOf(price)));
  if (!isFlexible && intervals.size > 1) {
    throw invalidRequest(
      'All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`. If you meant to update an existing subscription item instead of creating a new one, make sure to include the subscription item ID in your request.',
      'items',
    );
  }
}
