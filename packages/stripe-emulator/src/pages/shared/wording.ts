import type { Stored } from '../../core/tables';
import type { Formats } from './formats';

type Price = Stored<'price'>;
type Coupon = Stored<'coupon'>;

/** Such as `per month` or `every 3 months`; nothing for a price that is paid once. */
export function everyPeriod(price: Price): string {
  if (!price.recurring) return '';
  const { interval, interval_count: count } = price.recurring;
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;
}

const ADVERBS: Record<string, string> = {
  day: 'Daily',
  week: 'Weekly',
  month: 'Monthly',
  year: 'Yearly',
};

/** Such as `Monthly` or `Every 3 months`. */
export function periodTitle(interval: string, count: number): string {
  return count === 1 ? (ADVERBS[interval] ?? interval) : `Every ${count} ${interval}s`;
}

/** What a coupon gives, such as `20% off for 3 months`. */
export function couponText(formats: Formats, coupon: Coupon): string {
  const off =
    coupon.percent_off !== null
      ? `${formats.number(coupon.percent_off)}%`
      : formats.money(coupon.amount_off ?? 0, coupon.currency ?? 'usd');
  if (coupon.duration === 'forever') return `${off} off`;
  if (coupon.duration === 'once') return `${off} off your next payment`;
  const months = coupon.duration_in_months ?? 1;
  return `${off} off for ${months} ${months === 1 ? 'month' : 'months'}`;
}

const BRANDS: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

/** Such as `Visa •••• 4242`. */
export function methodTitle(method: Stored<'payment_method'>): string {
  const { card } = method;
  return card ? `${BRANDS[card.brand] ?? 'Card'} •••• ${card.last4}` : method.type;
}

/** Such as `Expires 12/2034`. */
export function methodExpiry(method: Stored<'payment_method'>): string {
  const { card } = method;
  return card ? `Expires ${String(card.exp_month).padStart(2, '0')}/${card.exp_year}` : '';
}

/** What is said when the card's holder did not pass their bank's question. */
export const NOT_AUTHENTICATED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

/** Such as `VAT 19%`, or `VAT 19% (included)` where prices contain it. */
export function taxLabel({
  display_name: name,
  inclusive,
  percentage,
}: Pick<Stored<'tax_rate'>, 'display_name' | 'inclusive' | 'percentage'>): string {
  return `${name} ${percentage}%${inclusive ? ' (included)' : ''}`;
}
