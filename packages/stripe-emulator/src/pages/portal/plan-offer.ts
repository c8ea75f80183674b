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

/** The prices that the configuration names, and no others; without a choice of them, the present one. */
export function planOffer(ctx: Context, visit: Visit, subscription: Subscription): PlanOffer {
  const { subscription_update: update } = visit.configuration.features;
  const allowed = new Set<string>(update.default_allowed_updates);
  const [item] = subscription.items.data;
  const offered = (update.products ?? []).flatMap((entry) => {
    const product = ctx.find('product', entry.product);
    if (!product) return [];
    const adjustable = entry.adjustable_quantity;
    const isAdjustable = allowed.has('quantity') && adjustable.enabled;
    const quantity = isAdjustable
      ? { min: Math.max(adjustable.minimum, 1), max: adjustable.maximum ?? MOST }
      : null;
    return entry.prices.flatMap((id): OfferedPrice[] => {
      const price = ctx.find('price', id);
      if (!price || !isOffered(price, subscription)) return [];
      const own = inCurrency(price, subscription.currency);
      return [{ price: own, product, quantity, isCurrent: id === item?.price.id }];
    });
  });
  const changesPrice = allowed.has('price');
  const takesCode = allowed.has('promotion_code');
  const present = offered.filter(({ isCurrent }) => isCurrent);
  if (changesPrice) return { prices: offered, changesPrice, takesCode };
  const unnamed = takesCode && present.length === 0 ? presentOf(ctx, item) : [];
  return { prices: [...present, ...unnamed], changesPrice, takesCode };
}

/** A plan that the configuration does not name takes a code all the same. */
function presentOf(ctx: Context, item: Stored<'subscription_item'> | undefined): OfferedPrice[] {
  const product = item && ctx.find('product', item.price.product);
  return product ? [{ price: item.price, product, quantity: null, isCurrent: true }] : [];
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
