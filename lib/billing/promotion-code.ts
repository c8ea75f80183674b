import Stripe from 'stripe';
import { db } from '../db';
import { countAgainst, type Limit, TooManyError } from '../rate-limit';
import type { BillingAccount } from './account';
import { BillingError, logBillingError } from './errors';
import { type Currency, type Interval, type PaidPlan, productId } from './plans';
import { idOf, stripe } from './stripe';

/** A promotion code that can be used now. Amounts are in the currency's smallest unit, by currency. */
export type PromotionCode = {
  /** Stripe's id (promo_…). */
  id: string;
  /** As it was made, whatever case somebody types. */
  code: string;
  percentOff: number | null;
  amountOff: Amounts;
  /** For how many months it takes something off; `once` for the first payment only. */
  duration: 'once' | 'forever' | number;
  /** Stripe's ids of the products it is for; null for all. */
  products: readonly string[] | null;
  /** What has to be bought at least; empty when anything will do. */
  minimum: Amounts;
  isForFirstPurchase: boolean;
  expiresAt: Date | null;
};

type Amounts = Readonly<Record<string, number>>;

/** Why somebody cannot use a code. `over`: expired or used up; `unanswered`: that is not known now. */
export type CodeRefusal = 'unknown' | 'over' | 'first-only' | 'unanswered';

/**
 * Why a code takes nothing off a certain choice. `used`: the subscription has it already; `later`: the
 * change begins only at the end of the period.
 */
export type CodeMismatch = 'other-plan' | 'other-currency' | 'minimum' | 'used' | 'later';

/** What is bought, or changed to. */
type Choice = { plan: PaidPlan; interval: Interval; currency: Currency; seats: number };

/** Whoever wants to use a code. */
export type CodeUser = {
  /** By what they are counted, so that nobody can try codes one after the other. */
  key: string;
  customer: string | null;
  hasPaid: boolean;
};

const tries: Limit = { name: 'code', points: 20, seconds: 60 };
/** Milliseconds. The page waits for this, and is useful without it. */
const TIMEOUT = 3_000;
/** What Stripe takes for a code; anything else is none. */
const CODE = /^[\w-]{1,100}$/;

/**
 * Asks Stripe for the promotion code that somebody typed, and whether they can use it.
 *
 * @param typed from a form or an address
 * @returns why not, when they cannot; what fails is logged
 */
export async function findCode(
  typed: unknown,
  user: CodeUser,
): Promise<PromotionCode | CodeRefusal> {
  if (typeof typed !== 'string' || !CODE.test(typed.trim())) return 'unknown';
  try {
    await countAgainst(tries, user.key);
    const { data } = await stripe().promotionCodes.list(
      {
        code: typed.trim(),
        limit: 100,
        expand: ['data.promotion.coupon.applies_to', 'data.promotion.coupon.currency_options'],
      },
      { timeout: TIMEOUT, maxNetworkRetries: 0 },
    );
    const own = data.filter(({ customer }) => !customer || idOf(customer) === user.customer);
    // The same code may have been used for something that is over.
    const found = own.find(({ active }) => active) ?? own[0];
    return found ? judge(found, user) : 'unknown';
  } catch (error) {
    if (error instanceof TooManyError) return 'unanswered';
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    logBillingError(error);
    return 'unanswered';
  }
}

function judge(found: Stripe.PromotionCode, { hasPaid }: CodeUser): PromotionCode | CodeRefusal {
  const { id, code, active, expires_at, max_redemptions, times_redeemed, restrictions } = found;
  const { coupon } = found.promotion;
  if (!coupon || typeof coupon === 'string') return 'unknown';
  const isExpired = expires_at !== null && expires_at * 1000 <= Date.now();
  const isUsedUp = max_redemptions !== null && times_redeemed >= max_redemptions;
  if (!active || !coupon.valid || isExpired || isUsedUp) return 'over';
  if (restrictions.first_time_transaction && hasPaid) return 'first-only';
  const { minimum_amount, minimum_amount_currency, currency_options } = restrictions;
  return {
    id,
    code,
    percentOff: coupon.percent_off,
    amountOff: amounts(
      coupon.currency,
      coupon.amount_off,
      coupon.currency_options,
      (option) => option.amount_off,
    ),
    duration: coupon.duration === 'forever' ? 'forever' : (coupon.duration_in_months ?? 'once'),
    products: coupon.applies_to?.products ?? null,
    minimum: amounts(
      minimum_amount_currency,
      minimum_amount,
      currency_options,
      (option) => option.minimum_amount,
    ),
    isForFirstPurchase: restrictions.first_time_transaction,
    expiresAt: expires_at === null ? null : new Date(expires_at * 1000),
  };
}

/** An amount in its own currency, and in those that it was set for besides. */
function amounts<Option>(
  currency: string | null,
  amount: number | null,
  options: Record<string, Option> | undefined,
  amountOf: (option: Option) => number | null | undefined,
): Amounts {
  const all = Object.entries(options ?? {}).flatMap(([name, option]): [string, number][] => {
    const other = amountOf(option);
    return other == null ? [] : [[name, other]];
  });
  if (currency && amount !== null) all.push([currency, amount]);
  return Object.fromEntries(all);
}

/**
 * What a plan costs with a code, before tax.
 *
 * @returns in the currency's smallest unit, for all seats together; or why the code is not for this
 */
export function priceWith(
  code: PromotionCode,
  { plan, interval, currency, seats }: Choice,
): number | 'other-plan' | 'other-currency' | 'minimum' {
  const amount = plan.prices[interval][currency] * seats;
  if (code.products && !code.products.includes(productId(plan))) return 'other-plan';
  const hasMinimum = Object.keys(code.minimum).length > 0;
  const minimum = code.minimum[currency];
  if (hasMinimum && minimum === undefined) return 'other-currency';
  if (minimum !== undefined && amount < minimum) return 'minimum';
  if (code.percentOff !== null) return amount - Math.round((amount * code.percentOff) / 100);
  const off = code.amountOff[currency];
  return off === undefined ? 'other-currency' : Math.max(0, amount - off);
}

/**
 * The promotion code that somebody typed, for what they chose.
 *
 * @returns why it cannot be used for that, when it cannot; what fails is logged
 */
export async function codeFor(
  { id: key, customer }: Pick<BillingAccount, 'id' | 'customer'>,
  typed: unknown,
  choice: Choice,
): Promise<PromotionCode | CodeRefusal | CodeMismatch> {
  const found = await findCode(typed, { key, customer, hasPaid: await hasPaid(key) });
  if (typeof found === 'string') return found;
  const price = priceWith(found, choice);
  return typeof price === 'string' ? price : found;
}

/** Whether somebody has ever paid an invoice. */
export async function hasPaid(userId: string): Promise<boolean> {
  const where = { customer: { userId }, amountPaid: { gt: 0 } };
  return (await db().invoice.findFirst({ where, select: { id: true } })) !== null;
}

/** @throws BillingError `code-refused`, or `unavailable` when nobody knows whether it can be used */
export function acceptedCode<Found extends PromotionCode>(
  found: Found | CodeRefusal | CodeMismatch,
): Found {
  if (typeof found !== 'string') return found;
  const problem = found === 'unanswered' ? 'unavailable' : 'code-refused';
  throw new BillingError(problem, `the promotion code cannot be used: ${found}`);
}
