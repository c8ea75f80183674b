import { currencies, intervals, lookupKey, paidPlans } from '@/lib/billing/plans';

/** What is for sale in a history, beside the plans. */
export const coupons = [
  { id: 'TENTH', percent_off: 10, duration: 'forever' },
  {
    id: 'FIVER',
    amount_off: 500,
    currency: currencies[0],
    duration: 'repeating',
    duration_in_months: 3,
  },
] as const;

export const prices = paidPlans.flatMap((plan) =>
  intervals.map((interval) => lookupKey(plan, interval)),
);

/**
 * Stripe's own test cards: the second is declined whenever it is charged, of the fourth every payment has to
 * be confirmed at the bank, and the payments of the last are disputed.
 */
export const cards = [
  'pm_card_visa',
  'pm_card_chargeCustomerFail',
  'pm_card_mastercard',
  'pm_card_authenticationRequired',
  'pm_card_createDispute',
] as const;
