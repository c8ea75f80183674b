import type { Context } from '../../core/context';
import { isMetered, rateOf } from '../../engine/items';
import { priceAmount } from '../../engine/money';
import type { LineItem } from '../../engine/objects';
import type { Formats } from '../shared/formats';
import { priceText } from '../shared/price-text';
import { everyPeriod } from '../shared/wording';

/** What a line of an order costs, and how that comes about. */
export interface LineCost {
  amount: string;
  details: string;
}

export function lineCost(
  ctx: Context,
  formats: Formats,
  { currency, price, quantity }: LineItem,
  isSubscription: boolean,
): LineCost {
  if (!price) return { amount: '', details: '' };
  const rate = rateOf(ctx, price);
  if (isMetered(price)) return { amount: 'By usage', details: priceText(ctx, formats, price) };
  const count = quantity ?? 1;
  const amount = formats.money(priceAmount(rate, count), currency);
  if (rate.tiers || price.transform_quantity) {
    return { amount, details: priceText(ctx, formats, price) };
  }
  const each = formats.money(Number(price.unit_amount_decimal), currency);
  const details = [
    count > 1 && `${formats.number(count)} × ${each}`,
    price.recurring ? `billed ${everyPeriod(price)}` : isSubscription && 'paid once',
  ];
  return { amount, details: details.filter(Boolean).join(', ') };
}
