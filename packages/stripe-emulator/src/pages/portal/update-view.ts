import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { productName } from '../../engine/items';
import { priceText } from '../shared/price-text';
import { periodTitle } from '../shared/wording';
import { type OfferedPrice, planOffer } from './plan-offer';
import { subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

/** The choice of plans, one billing period at a time. */
export interface UpdateView {
  visit: Visit;
  path: string;
  /** What the subscription is now, when that is not among the plans. */
  present: { name: string; cost: string } | null;
  tabs: { key: string; title: string; isOpen: boolean }[];
  plans: PlanView[];
  quantity: { value: number; min: number; max: number } | null;
  takesCode: boolean;
  code: string;
}

export interface PlanView {
  price: string;
  name: string;
  description: string | null;
  cost: string;
  isCurrent: boolean;
  isChosen: boolean;
}

/** What was chosen so far; everything is in the address, so that the back button works. */
export interface UpdateQuery {
  interval?: string;
  price?: string;
  quantity?: string;
  code?: string;
}

/** @throws StripeError when it cannot be changed here */
export function readUpdate(ctx: Context, visit: Visit, id: string, query: UpdateQuery): UpdateView {
  const subscription = subscriptionFor(ctx, visit, id, 'update');
  const [item] = subscription.items.data;
  const offer = planOffer(ctx, visit, subscription);
  const chosen = offer.prices.find(({ price }) => price.id === query.price);
  const current = offer.prices.find(({ isCurrent }) => isCurrent);
  const keys = [...new Set(offer.prices.flatMap(({ price }) => keyOf(price) ?? []))];
  const wanted = [query.interval, keyOf((chosen ?? current)?.price ?? item?.price), keys[0]];
  const open = wanted.find((key) => key !== undefined && keys.includes(key));
  const shown = offer.prices.filter(({ price }) => keyOf(price) === open);
  const adjustable = shown.find(({ quantity }) => quantity)?.quantity;
  return {
    visit,
    path: `${visit.base}/subscriptions/${id}`,
    present:
      item && !current
        ? {
            name: productName(ctx, item.price),
            cost: priceText(ctx, visit.formats, item.price, item.quantity),
          }
        : null,
    tabs: keys.length > 1 ? keys.map((key) => tabOf(key, offer.prices, open)) : [],
    plans: shown.map((offered) => ({
      price: offered.price.id,
      name: offered.product.name,
      description: offered.product.description,
      cost: priceText(ctx, visit.formats, offered.price),
      isCurrent: offered.isCurrent,
      isChosen: offered === (chosen ?? current),
    })),
    quantity: adjustable
      ? { ...adjustable, value: Number(query.quantity) || (item?.quantity ?? 1) }
      : null,
    takesCode: offer.takesCode,
    code: query.code ?? '',
  };
}

function keyOf(price: Stored<'price'> | undefined): string | undefined {
  const recurring = price?.recurring;
  return recurring ? `${recurring.interval}-${recurring.interval_count}` : undefined;
}

function tabOf(key: string, prices: OfferedPrice[], open: string | undefined) {
  const recurring = prices.find(({ price }) => keyOf(price) === key)?.price.recurring;
  return {
    key,
    title: recurring ? periodTitle(recurring.interval, recurring.interval_count) : key,
    isOpen: key === open,
  };
}
