/** What the engine reads of a price; every Stripe price has these fields. */
export interface Rate {
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  transform_quantity?: { divide_by: number; round: string } | null;
  tiers_mode?: string | null;
  tiers?: Tier[];
}

/** One step of a tiered price; `up_to: null` is the last one. */
export interface Tier {
  flat_amount: number | null;
  flat_amount_decimal: string | null;
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  up_to: number | null;
}

/** Stripe allows twelve decimal places in a unit amount. */
const SCALE = 12;
const ONE = 10n ** BigInt(SCALE);

/** What `quantity` of a price costs for one whole period, in the currency's smallest unit. */
export function priceAmount(rate: Rate, quantity: number): number {
  const units = transformed(rate, quantity);
  const parts = tierParts(rate, units);
  if (parts) return parts.reduce((sum, part) => sum + part.amount, 0);
  return Number(roundedDivision(unitAmount(rate) * exact(units), ONE * ONE));
}

/** What one tier adds to a price: the units that fall into it, or its flat amount. */
export interface TierPart {
  /** Counted from 1. */
  tier: number;
  isFlat: boolean;
  quantity: number;
  unit_amount_decimal: string;
  /** In the currency's smallest unit. */
  amount: number;
}

/**
 * What a tiered price is made of: graduated, each tier's own units; by volume, all units at the tier
 * that the quantity reaches. `undefined` for a price without tiers.
 */
export function tierParts(rate: Rate, quantity: number): TierPart[] | undefined {
  const { tiers, tiers_mode: mode } = rate;
  if (!tiers || !mode) return undefined;
  const reached = tiers.findIndex((tier) => quantity <= (tier.up_to ?? Number.POSITIVE_INFINITY));
  return tiers.flatMap((tier, place) => {
    if (place > reached || (mode === 'volume' && place < reached)) return [];
    const below = mode === 'volume' || place === 0 ? 0 : (tiers[place - 1]?.up_to ?? 0);
    const units = Math.min(quantity, tier.up_to ?? quantity) - below;
    const perUnit = tier.unit_amount_decimal ?? String(tier.unit_amount ?? 0);
    const flat = tier.flat_amount_decimal ?? String(tier.flat_amount ?? 0);
    return [
      partOf({ tier: place + 1, isFlat: false, quantity: units, unit_amount_decimal: perUnit }),
      ...(decimal(flat) === 0n
        ? []
        : [partOf({ tier: place + 1, isFlat: true, quantity: 1, unit_amount_decimal: flat })]),
    ];
  });
}

function partOf(part: Omit<TierPart, 'amount'>): TierPart {
  const product = decimal(part.unit_amount_decimal) * exact(part.quantity);
  return { ...part, amount: Number(roundedDivision(product, ONE * ONE)) };
}

/** The sum of decimal numbers, without the errors of binary fractions. */
export function addDecimals(values: readonly string[]): number {
  const sum = values.reduce((total, value) => total + decimal(value), 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(SCALE + 1, '0');
  const amount = Number(`${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`);
  return sum < 0n ? -amount : amount;
}

/** A quantity in both of its forms: whole, as its fraction is cut off, and as a decimal. */
export function quantityFields(quantity: number) {
  const plain = quantity.toFixed(SCALE).replace(/\.?0+$/, '');
  return { quantity: Math.trunc(quantity), quantity_decimal: plain };
}

/** `amount * numerator / denominator` in integers, halves rounded away from zero. */
export function share(amount: number, numerator: number, denominator: number): number {
  if (denominator === 0) return 0;
  return Number(roundedDivision(BigInt(amount) * BigInt(numerator), BigInt(denominator)));
}

/** A percentage (Stripe allows up to four decimals) of an amount, halves away from zero. */
export function percentOf(amount: number, percent: number): number {
  return Number(
    roundedDivision(BigInt(amount) * BigInt(Math.round(percent * 1_000_000)), 100_000_000n),
  );
}

/**
 * Splits a total over parts in proportion to their weights so that the pieces add up to it exactly:
 * every part gets its rounded-down share, the units left over go to the largest remainders, first
 * part first.
 */
export function allocate(total: number, weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const pieces = exact.map(Math.trunc);
  const order = exact
    .map((value, index) => ({ index, remainder: Math.abs(value - Math.trunc(value)) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = total - pieces.reduce((a, b) => a + b, 0);
  for (const { index } of order) {
    if (left === 0) break;
    pieces[index] = (pieces[index] ?? 0) + Math.sign(left);
    left -= Math.sign(left);
  }
  return pieces;
}

/**
 * An amount as people read it, such as `$20.00`, or `$0.004` for what a unit of usage costs; for
 * descriptions, in English as Stripe writes them.
 */
export function formatAmount(amount: number, currency: string): string {
  const decimals = Number.isInteger(amount) ? 0 : SCALE;
  const format = FORMATS.get(`${currency} ${decimals}`) ?? newFormat(currency, decimals);
  const digits = format.resolvedOptions().minimumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** Making a format costs far more than using it, and renewals use thousands. */
const FORMATS = new Map<string, Intl.NumberFormat>();

function newFormat(currency: string, decimals: number): Intl.NumberFormat {
  const style = { style: 'currency', currency } as const;
  const plain = new Intl.NumberFormat('en-US', style);
  const maximumFractionDigits = (plain.resolvedOptions().maximumFractionDigits ?? 2) + decimals;
  const format = new Intl.NumberFormat('en-US', { ...style, maximumFractionDigits });
  FORMATS.set(`${currency} ${decimals}`, format);
  return format;
}

function unitAmount(rate: { unit_amount: number | null; unit_amount_decimal: string | null }) {
  return decimal(rate.unit_amount_decimal ?? String(rate.unit_amount ?? 0));
}

/** A quantity, of which usage can have fractions. */
function exact(quantity: number): bigint {
  return Number.isInteger(quantity) ? BigInt(quantity) * ONE : decimal(quantity.toFixed(SCALE));
}

function decimal(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const value = BigInt(whole || '0') * ONE + BigInt(fraction.slice(0, SCALE).padEnd(SCALE, '0'));
  return negative ? -value : value;
}

function transformed(rate: Rate, quantity: number): number {
  if (!rate.transform_quantity) return quantity;
  const groups = quantity / rate.transform_quantity.divide_by;
  return rate.transform_quantity.round === 'up' ? Math.ceil(groups) : Math.floor(groups);
}

function roundedDivision(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}
