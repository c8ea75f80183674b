import type { ReactNode } from 'react';
import type { DiscountView, NextPayment } from '@/lib/billing/next-payment';
import type { BillingOverview, SubscriptionView } from '@/lib/billing/subscription';
import { planContents } from './plan-contents';
import styles from './plan-statement.module.css';
import { SubscriptionStatus } from './subscription-status';
import { Day } from './ui/day';
import { DescriptionList } from './ui/description-list';
import { Money } from './ui/money';

/** The plan at a glance: what it is, what it costs, what happens next, what pays for it. */
export function PlanStatement({ overview }: { overview: Statement }) {
  const { plan, subscription, card } = overview;
  return (
    <div className={styles.statement}>
      <div className={styles.head}>
        <p className={styles.plan}>{(subscription ?? plan).title}</p>
        {subscription ? <SubscriptionStatus of={subscription} /> : null}
      </div>
      <DescriptionList
        lines={[
          ...(subscription ? linesOf(subscription) : []),
          { name: 'Card', value: card ? <Card card={card} /> : 'None on file' },
          {
            name:
              subscription && subscription.plan !== plan ? `${plan.title} includes` : 'Includes',
            value: planContents(plan).join(', '),
          },
        ]}
      />
    </div>
  );
}

type Statement = Pick<BillingOverview, 'plan' | 'subscription' | 'card'>;

/** What a subscription costs and what happens to it next, as far as there is something to say. */
function linesOf(subscription: SubscriptionView): { name: string; value: ReactNode }[] {
  const { discounts, nextPayment, paymentsPaused, isScheduled, currency } = subscription;
  const term = termOf(subscription);
  return [
    { name: 'Price', value: priceOf(subscription) },
    ...(discounts.length > 0 ? [{ name: 'Discount', value: discounts.map(Discount) }] : []),
    ...(term ? [{ name: 'Term', value: term }] : []),
    ...(paymentsPaused
      ? [
          {
            name: 'Payments',
            value: paymentsPaused.until ? dated('Paused until', paymentsPaused.until) : 'Paused',
          },
        ]
      : []),
    ...(nextPayment
      ? [{ name: 'Next payment', value: <Payment next={nextPayment} currency={currency} /> }]
      : []),
    ...(isScheduled ? [{ name: 'Planned', value: 'A change; Manage billing shows it' }] : []),
  ];
}

function Card({ card }: { card: NonNullable<Statement['card']> }) {
  const month = String(card.expMonth).padStart(2, '0');
  return (
    <>
      <span className={styles.brand}>{card.brand}</span> ending in {card.last4}
      <span className="soft">
        , expires {month}/{card.expYear}
      </span>
    </>
  );
}

/** What ends, or ended, and when. */
function termOf({ endsAt, endedAt, trialEndsAt }: SubscriptionView) {
  if (endedAt) return dated('Ended on', endedAt);
  if (endsAt) return dated('Ends on', endsAt);
  if (trialEndsAt) return dated('Trial ends on', trialEndsAt);
  return null;
}

function dated(words: string, at: Date) {
  return (
    <>
      {words} <Day of={at} />
    </>
  );
}

function Payment({ next, currency }: { next: NextPayment; currency: string }) {
  if (next.amount === null) return <Day of={next.at} />;
  return (
    <>
      <Money amount={next.amount} currency={currency} exact /> on <Day of={next.at} />
      <span className="soft">, before tax and credit</span>
    </>
  );
}

function Discount({ id, percentOff, amountOff, currency, endsAt }: DiscountView) {
  return (
    <div key={id}>
      {percentOff === null ? null : `${percentOff}% off`}
      {amountOff === null || currency === null ? null : (
        <>
          <Money amount={amountOff} currency={currency} /> off
        </>
      )}
      {endsAt ? dated(' until', endsAt) : null}
    </div>
  );
}

function priceOf({ unitAmount, currency, quantity, interval, intervalCount }: SubscriptionView) {
  const each = intervalCount === 1 ? `per ${interval}` : `every ${intervalCount} ${interval}s`;
  return (
    <>
      {quantity === 1 ? null : `${quantity} × `}
      {unitAmount === null ? 'By use' : <Money amount={unitAmount} currency={currency} />} {each}
    </>
  );
}
