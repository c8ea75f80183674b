import type { Context } from '../core/context';
import { newId } from '../core/ids';
import type { TaxRate } from './objects';
import type { TaxLocation } from './tax-location';
import type { TaxTerm } from './tax-math';
import { type TaxExempt, taxability } from './tax-rates';

/** Per cent by country, such as `{ DE: 19 }`: where the account collects taxes, and how much. */
export type CountryRates = Readonly<Record<string, number>>;

const SETTING = 'tax.rates';

const GST = new Set(['AU', 'CA', 'IN', 'MY', 'NZ', 'SG']);
const VAT = new Set(
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MT NL NO PL PT RO SE SI SK'.split(
    ' ',
  ),
);

/** The rates that control has given to countries; an account of its own has its platform's. */
export function countryRates(ctx: Context): CountryRates {
  const stored = ctx.core.store.world(ctx.mode)._setting.get(SETTING)?.value;
  const rates: unknown = typeof stored === 'string' ? JSON.parse(stored) : {};
  return isRates(rates) ? rates : {};
}

/** Gives countries other rates; null takes one away. The others stay. */
export function changeCountryRates(ctx: Context, changes: Record<string, number | null>): void {
  const rates = new Map(Object.entries(countryRates(ctx)));
  for (const [country, rate] of Object.entries(changes)) {
    if (rate === null) rates.delete(country);
    else rates.set(country, rate);
  }
  ctx.world._setting.put({ id: SETTING, value: JSON.stringify(Object.fromEntries(rates)) });
  for (const [country, rate] of rates) {
    for (const inclusive of [false, true]) automaticRate(ctx, country, rate, inclusive);
  }
}

/** The tax where a customer is, on a price that contains it or does not. */
export function automaticTerm(
  ctx: Context,
  { country }: TaxLocation,
  exempt: TaxExempt,
  inclusive: boolean,
): TaxTerm {
  const percentage = countryRates(ctx)[country];
  if (percentage === undefined) {
    return { rate: null, percentage: 0, inclusive, reason: 'not_collecting', isTaxed: false };
  }
  const { id } = automaticRate(ctx, country, percentage, inclusive);
  const reason = percentage === 0 ? 'zero_rated' : 'standard_rated';
  return { rate: id, percentage, inclusive, ...taxability(exempt, reason) };
}

/** The tax rate object that Stripe makes for a place by itself. It cannot be used by hand. */
function automaticRate(
  ctx: Context,
  country: string,
  percentage: number,
  inclusive: boolean,
): TaxRate {
  const key = `${country} ${percentage} ${inclusive}`;
  const known = ctx.find('_automatic_rate', key);
  if (known) return ctx.get('tax_rate', known.rate);
  const kind = VAT.has(country)
    ? (['VAT', 'vat'] as const)
    : GST.has(country)
      ? (['GST', 'gst'] as const)
      : country === 'US'
        ? (['Sales tax', 'sales_tax'] as const)
        : (['Tax', null] as const);
  const rate = ctx.insert('tax_rate', {
    id: newId('txr'),
    object: 'tax_rate',
    active: false,
    country,
    created: ctx.now,
    description: null,
    display_name: kind[0],
    effective_percentage: percentage,
    flat_amount: null,
    inclusive,
    jurisdiction: country,
    jurisdiction_level: 'country',
    livemode: ctx.livemode,
    metadata: {},
    percentage,
    rate_type: 'percentage',
    state: null,
    tax_type: kind[1],
  });
  ctx.world._automatic_rate.put({ id: key, rate: rate.id });
  return rate;
}

function isRates(value: unknown): value is CountryRates {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((rate) => typeof rate === 'number')
  );
}
