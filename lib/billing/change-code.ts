import { db } from '../db';
import type { BillingAccount } from './account';
import { discountsOf } from './next-payment';
import type { PlanGoal, Timing } from './plan-change';
import { findCurrency } from './plans';
import { type CodeMismatch, type CodeRefusal, codeFor, type PromotionCode } from './promotion-code';

/**
 * The promotion code that somebody typed for a change of plan. One that Stripe would redeem only at the
 * end of the period may have expired by then, so it is for changes that begin at once.
 *
 * @returns with the discounts that go on beside it, as Stripe takes them; or why it cannot be used
 */
export async function codeForChange(
  account: BillingAccount,
  goal: PlanGoal,
  timing: Timing,
  typed: string,
): Promise<ChangeCode | CodeRefusal | CodeMismatch> {
  const { subscription } = account;
  const currency = findCurrency(subscription?.currency);
  if (timing === 'period-end') return 'later';
  if (!subscription || !currency) return 'other-currency';
  const found = await codeFor(account, typed, { ...goal, currency, seats: goal.quantity });
  if (typeof found === 'string') return found;
  const held = discountsOf(
    await db().subscription.findUniqueOrThrow({
      where: { id: subscription.id },
      select: { discounts: true },
    }),
  );
  if (held.some(({ promotionCodeId }) => promotionCodeId === found.id)) return 'used';
  return {
    ...found,
    discounts: [...held.map(({ id }) => ({ discount: id })), { promotion_code: found.id }],
  };
}

export type ChangeCode = PromotionCode & {
  discounts: ({ discount: string } | { promotion_code: string })[];
};
