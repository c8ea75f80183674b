import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { isMetered, rateOf } from '../../engine/items';
import type { Formats } from './formats';
import { everyPeriod, periodTitle } from './wording';

type Price = Stored<'price'>;

/**
 * What a price costs: `$12.00 per month`, or `$12.00 per month each` where there are several. Usage,
 * packages and tiers have no amount that is known before: they are told per unit, such as
 * `Starts at $0.05 per unit, billed monthly by usage`.
 */
export function priceText(ctx: Context, formats: Formats, price: Price, quantity = 1): string {
  const rate = rateOf(ctx, price);
  const money = (decimal: string | number | null) => formats.money(Number(decimal), price.currency);
  const [tier] = rate.tiers ?? [];
  if (!tier && !price.transform_quantity && !isMetered(price)) {
    const text = `${money(price.unit_amount_decimal)} ${everyPeriod(price)}`.trim();
    return quantity === 1 ? text : `${text} each`;
  }
  const { unit_amount_decimal: each } = tier ?? price;
  const parts = [
    each !== null && `${money(each)} per ${unitOf(formats, price)}`,
    tier && Number(tier.flat_amount_decimal) > 0 && money(tier.flat_amount_decimal),
  ];
  const cost = parts.filter(Boolean).join(' + ');
  return `${tier ? 'Starts at ' : ''}${cost}${billing(price)}`;
}

function unitOf(formats: Formats, { transform_quantity: packages }: Price): string {
  return packages ? `${formats.number(packages.divide_by)} units` : 'unit';
}

function billing(price: Price): string {
  if (!price.recurring) return '';
  const { interval, interval_count: count } = price.recurring;
  const often = periodTitle(interval, count).toLowerCase();
  return `, billed ${often}${isMetered(price) ? ' by usage' : ''}`;
}
