import type { Context } from '../../core/context';
import { priceText } from '../shared/price-text';
import { periodTitle } from '../shared/wording';
import { type OfferedPrice, planOffer } from './plan-offer';
import { subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

/** The choice of plans, one billing period at a time. */
export interface UpdateView {
  visit: Visit;
  path: string;
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
  const open = query.interval ?? keyOf(chosen ?? current ?? offer.prices[0]);
  const keys = [...new Set(offer.prices.map(keyOf))];
  const shown = offer.prices.filter((offered) => keyOf(offered) === open);
  const adjustable = shown.find(({ quantity }) => quantity)?.quantity;
  return {
    visit,
    path: `${visit.base}/subscriptions/${id}`,
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

function keyOf(offered: OfferedPrice | undefined): string {
  const recurring = offered?.price.recurring;
  return recurring ? `${recurring.interval}-${recurring.interval_count}` : '';
}

function tabOf(key: string, prices: OfferedPrice[], open: string) {
  const recurring = prices.find((offered) => keyOf(offered) === key)?.price.recurring;
  return {
    key,
    title: recurring ? periodTitle(recurring.interval, recurring.interval_count) : key,
    isOpen: key === open,
  };
}
