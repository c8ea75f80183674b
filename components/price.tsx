import type { SubscriptionView } from '@/lib/billing/overview';
import type { Currency, Interval, PaidPlan } from '@/lib/billing/plans';
import { words } from '@/lib/reader';
import { TaxNote } from './tax-note';
import { Money } from './ui/money';

type Terms = Pick<
  SubscriptionView,
  'unitAmount' | 'currency' | 'quantity' | 'interval' | 'intervalCount'
>;

/** A price as it is paid: `5 × $49 per month`. */
export async function Price({ unitAmount, currency, quantity, interval, intervalCount }: Terms) {
  const t = (await words()).summary;
  return (
    <>
      {quantity === 1 ? null : `${quantity} × `}
      {unitAmount === null ? t.usageBased : <Money amount={unitAmount} currency={currency} />}{' '}
      {t.perPeriod(interval, intervalCount)}
    </>
  );
}

type Sold = { plan: PaidPlan; interval: Interval; currency: Currency; quantity: number };

/** What a plan that we sell costs, with what is to be said of tax. */
export function PlanPrice({ plan, interval, currency, quantity }: Sold) {
  const unitAmount = plan.prices[interval][currency];
  return (
    <>
      <Price {...{ unitAmount, currency, quantity, interval }} intervalCount={1} />
      <TaxNote />
    </>
  );
}
