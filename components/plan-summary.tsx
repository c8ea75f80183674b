import type { NextChangeView } from '@/lib/billing/next-change';
import type { DiscountView, NextPayment } from '@/lib/billing/next-payment';
import type { BillingOverview, SubscriptionView } from '@/lib/billing/overview';
import { amountDue } from './amount-due';
import { planContents } from './plan-contents';
import styles from './plan-summary.module.css';
import { SubscriptionStatus } from './subscription-status';
import { type DescriptionItem, DescriptionList } from './ui/description-list';
import { FormattedDate } from './ui/formatted-date';
import { Money } from './ui/money';

type Overview = Pick<BillingOverview, 'plan' | 'subscription' | 'card' | 'invoices'>;

/** The plan at a glance: its status, its price, what happens next, and the card. */
export function PlanSummary({ overview }: { overview: Overview }) {
  const { plan, subscription, card, invoices } = overview;
  return (
    <div className={styles.summary}>
      <div className={styles.head}>
        <p className={styles.plan}>{(subscription ?? plan).title}</p>
        {subscription ? <SubscriptionStatus subscription={subscription} /> : null}
      </div>
      <DescriptionList
        items={[
          ...(subscription ? subscriptionItems(subscription, invoices) : []),
          { name: 'Card', value: card ? <Card card={card} /> : 'None on file' },
          {
            name:
              subscription && subscription.plan !== plan ? `${plan.title} includes` : 'Includes',
            value: planContents(plan).join(' · '),
          },
        ]}
      />
    </div>
  );
}

/** Only the rows that apply to this subscription. */
function subscriptionItems(
  subscription: SubscriptionView,
  invoices: Overview['invoices'],
): DescriptionItem[] {
  const { discounts, nextPayment, paymentsPaused, nextChange, currency } = subscription;
  const term = termOf(subscription);
  const due = amountDue(invoices, currency);
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
    ...(due > 0
      ? [{ name: 'Due now', value: <Money amount={due} currency={currency} exact /> }]
      : []),
    ...(nextPayment
      ? [{ name: 'Next payment', value: <Payment next={nextPayment} currency={currency} /> }]
      : []),
    ...(nextChange
      ? [{ name: 'Next change', value: <PlannedChange {...nextChange} currency={currency} /> }]
      : []),
  ];
}

function Card({ card }: { card: NonNullable<Overview['card']> }) {
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

/** When the subscription or its trial ends, when it ended, or since when it is paused. */
function termOf({ pausedAt, endsAt, endedAt, trialEndsAt }: SubscriptionView) {
  if (endedAt) return dated('Ended on', endedAt);
  if (pausedAt) return dated('Paused since', pausedAt);
  if (endsAt) return dated('Ends on', endsAt);
  if (trialEndsAt) return dated('Trial ends on', trialEndsAt);
  return null;
}

function dated(text: string, date: Date) {
  return (
    <>
      {text} <FormattedDate date={date} />
    </>
  );
}

function Payment({ next, currency }: { next: NextPayment; currency: string }) {
  if (next.amount === null) return <FormattedDate date={next.at} />;
  return (
    <>
      <Money amount={next.amount} currency={currency} exact /> on <FormattedDate date={next.at} />
      <span className="soft">, before tax and credits</span>
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

/** What the plan becomes, and when. */
function PlannedChange(change: NextChangeView & { currency: string }) {
  const { kind, title, at } = change;
  return kind === 'scheduled' ? (
    <>
      {title}, {priceOf(change)}, from <FormattedDate date={at} />
    </>
  ) : (
    <>
      {title}, {priceOf(change)}, once it is paid. Your plan stays as it is until then; after{' '}
      <FormattedDate date={at} as="moment" /> the change is dropped.
    </>
  );
}

function priceOf({
  unitAmount,
  currency,
  quantity,
  interval,
  intervalCount,
}: Pick<SubscriptionView, 'unitAmount' | 'currency' | 'quantity' | 'interval' | 'intervalCount'>) {
  const period = intervalCount === 1 ? `per ${interval}` : `every ${intervalCount} ${interval}s`;
  return (
    <>
      {quantity === 1 ? null : `${quantity} × `}
      {unitAmount === null ? 'Usage-based' : <Money amount={unitAmount} currency={currency} />}{' '}
      {period}
    </>
  );
}
