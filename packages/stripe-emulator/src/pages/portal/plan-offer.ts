import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { inCurrency, isMetered } from '../../engine/items';
import type { Visit } from './visit';

type Subscription = Stored<'subscription'>;
type Price = Stored<'price'>;

/** A price that the visitor may switch to, in the subscription's currency. */
export interface OfferedPrice {
  price: Price;
  product: Stored<'product'>;
  /** The bounds of the quantity, when it can be chosen. */
  quantity: { min: number; max: number } | null;
  isCurrent: boolean;
}

/** What the configuration lets the visitor change of a subscription. */
export interface PlanOffer {
  prices: OfferedPrice[];
  /** Whether another price can be chosen, or only the quantity or a code. */
  changesPrice: boolean;
  takesCode: boolean;
}

const MOST = 999_999;

export function planOffer(ctx: Context, visit: Visit, subscription: Subscription): PlanOffer {
  const { subscription_update: update } = visit.configuration.features;
  const allowed = new Set<string>(update.default_allowed_updates);
  const products = update.products ?? [];
  const current = subscription.items.data[0]?.price;
  const offered = products.flatMap(({ product, prices, adjustable_quantity: adjustable }) => {
    const found = ctx.find('product', product);
    if (!found) return [];
    const isAdjustable = allowed.has('quantity') && adjustable.enabled;
    const quantity = isAdjustable
      ? { min: Math.max(adjustable.minimum, 1), max: adjustable.maximum ?? MOST }
      : null;
    return prices.flatMap((id): OfferedPrice[] => {
      const price = ctx.find('price', id);
      if (!price || !isOffered(price, subscription)) return [];
      const own = inCurrency(price, subscription.currency);
      return [{ price: own, product: found, quantity, isCurrent: id === current?.id }];
    });
  });
  const changesPrice = allowed.has('price');
  return {
    prices: changesPrice ? offered : offered.filter(({ isCurrent }) => isCurrent),
    changesPrice,
    takesCode: allowed.has('promotion_code'),
  };
}

function isOffered(price: Price, subscription: Subscription): boolean {
  const currencies = [price.currency, ...Object.keys(price.currency_options ?? {})];
  const isSold = price.active || subscription.items.data.some((item) => item.price.id === price.id);
  return (
    isSold &&
    price.recurring !== null &&
    !isMetered(price) &&
    currencies.includes(subscription.currency)
  );
}
