import type { BillingOverview, SubscriptionView } from '@/lib/billing/subscription';
import { planContents } from './plan-contents';
import styles from './plan-statement.module.css';
import { SubscriptionStatus } from './subscription-status';
import { Day } from './ui/day';
import { Ledger } from './ui/ledger';
import { Money } from './ui/money';

/** The plan at a glance: what it is, what it costs, what happens next, what pays for it. */
export function PlanStatement({ overview }: { overview: Statement }) {
  const { plan, subscription, card } = overview;
  const term = subscription ? termOf(subscription) : null;
  return (
    <div className={styles.statement}>
      <div className={styles.head}>
        <p className={styles.plan}>{(subscription ?? plan).title}</p>
        {subscription ? <SubscriptionStatus of={subscription} /> : null}
      </div>
      <Ledger
        lines={[
          ...(subscription ? [{ name: 'Price', value: priceOf(subscription) }] : []),
          ...(term ? [{ name: 'Term', value: term }] : []),
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

/** What happens next to a subscription, and when. */
function termOf({ endsAt, endedAt, trialEndsAt, renewsAt }: SubscriptionView) {
  if (endedAt)
    return (
      <>
        Ended on <Day of={endedAt} />
      </>
    );
  if (endsAt)
    return (
      <>
        Ends on <Day of={endsAt} />
      </>
    );
  if (trialEndsAt)
    return (
      <>
        Trial ends on <Day of={trialEndsAt} />
      </>
    );
  if (renewsAt)
    return (
      <>
        Renews on <Day of={renewsAt} />
      </>
    );
  return null;
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
