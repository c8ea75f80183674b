import type { BillingOverview, SubscriptionView } from '@/lib/billing/subscription';
import { formatMoney } from '@/lib/format';
import { planContents } from './plan-contents';
import styles from './plan-statement.module.css';
import { SubscriptionStatus } from './subscription-status';
import { Day } from './ui/day';

/** The plan at a glance: what it is, what it costs, what happens next, what pays for it. */
export function PlanStatement({ overview }: { overview: Statement }) {
  const { plan, subscription, card } = overview;
  return (
    <div className={styles.statement}>
      <div className={styles.head}>
        <p className={styles.plan}>{(subscription ?? plan).title}</p>
        {subscription ? <SubscriptionStatus of={subscription} /> : null}
      </div>
      <dl className={styles.lines}>
        {subscription ? (
          <div>
            <dt>Price</dt>
            <dd>{price(subscription)}</dd>
          </div>
        ) : null}
        {subscription ? <Next subscription={subscription} /> : null}
        <div>
          <dt>Card</dt>
          <dd>
            {card ? (
              <>
                <span className={styles.brand}>{card.brand}</span> ending in {card.last4}
                <span className="soft">
                  , expires {String(card.expMonth).padStart(2, '0')}/{card.expYear}
                </span>
              </>
            ) : (
              'None on file'
            )}
          </dd>
        </div>
        <div>
          <dt>
            {subscription && subscription.plan !== plan ? `${plan.title} includes` : 'Includes'}
          </dt>
          <dd>{planContents(plan).join(', ')}</dd>
        </div>
      </dl>
    </div>
  );
}

type Statement = Pick<BillingOverview, 'plan' | 'subscription' | 'card'>;

/** What happens next to a subscription, and when. */
function Next({ subscription }: { subscription: SubscriptionView }) {
  const { endsAt, endedAt, trialEndsAt, renewsAt } = subscription;
  const next = endedAt
    ? { what: 'Ended on', day: endedAt }
    : endsAt
      ? { what: 'Ends on', day: endsAt }
      : trialEndsAt
        ? { what: 'Trial ends on', day: trialEndsAt }
        : renewsAt
          ? { what: 'Renews on', day: renewsAt }
          : null;
  if (!next) return null;
  return (
    <div>
      <dt>Next</dt>
      <dd>
        {next.what} <Day of={next.day} />
      </dd>
    </div>
  );
}

function price({ unitAmount, currency, quantity, interval, intervalCount }: SubscriptionView) {
  const amount = unitAmount === null ? 'By use' : formatMoney(unitAmount, currency);
  const each = intervalCount === 1 ? `per ${interval}` : `every ${intervalCount} ${interval}s`;
  return `${quantity === 1 ? '' : `${quantity} × `}${amount} ${each}`;
}
