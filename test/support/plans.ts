import { currencies, lookupKey, type PaidPlan, paidPlans } from '../../lib/billing/plans';
import { formatsIn } from '../../lib/format';

/** What people in tests pay in, unless a test says otherwise. */
export const [currency] = currencies;

const byPrice = paidPlans
  .filter(({ retired }) => !retired)
  .sort((one, other) => one.prices.month[currency] - other.prices.month[currency]);

/** What people in tests buy: the cheapest paid plan of the catalogue, by the month. */
export const plan = need(byPrice[0]);

/** What they change to: the dearest. The same when only one is sold. */
export const dearerPlan = need(byPrice.at(-1));

/** Changing between plans can be tried only when there are two. */
export const sellsTwo = plan !== dearerPlan;

export const monthly = lookupKey(plan, 'month');
export const yearly = lookupKey(plan, 'year');

/** An amount as the pages write it: `$12`. @param amount in the currency's smallest unit */
export function money(amount: number): string {
  return formatsIn('en').money(amount, currency);
}

/** An amount as invoices write it: `$12.00`. @param amount in the currency's smallest unit */
export function exactMoney(amount: number): string {
  return formatsIn('en').exactMoney(amount, currency);
}

function need(found: PaidPlan | undefined): PaidPlan {
  if (!found) throw new Error('The tests buy a plan, and lib/billing/plans.ts sells none.');
  return found;
}
