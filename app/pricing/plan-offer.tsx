import { planContents } from '@/components/plan-contents';
import { ButtonLink } from '@/components/ui/button';
import { buttonClass } from '@/components/ui/button-class';
import { Money } from '@/components/ui/money';
import { SubmitButton } from '@/components/ui/submit-button';
import { currency, type Interval, type PaidPlan, type Plan } from '@/lib/billing/plans';
import { subscribe } from './actions';
import styles from './plan-offer.module.css';

/**
 * What the visitor can do about a plan: `start` with the free one, `subscribe` to it, `switch` to it
 * from another one, change its `switch-interval`, nothing because it is theirs (`current`), `none`.
 */
export type Offer = 'start' | 'subscribe' | 'switch' | 'switch-interval' | 'current' | 'none';

/** A plan on the pricing page: its price, what it gives, and the way to it. */
export function PlanOffer({
  plan,
  interval,
  offer,
}: {
  plan: Plan;
  interval: Interval;
  offer: Offer;
}) {
  const id = `plan-${plan.name}`;
  return (
    <li className={styles.offer}>
      <div>
        <h2 id={id}>{plan.title}</h2>
        <p className="soft">{plan.summary}</p>
      </div>
      <div className="figures">
        <p className={styles.price}>
          <Money amount={plan.prices?.[interval] ?? 0} currency={currency} />
        </p>
        <p className="soft">{plan.prices ? `per ${interval}` : 'for good'}</p>
        <p className={styles.saving}>{interval === 'year' ? <Saving of={plan} /> : null}</p>
      </div>
      <ul className={styles.contents}>
        {planContents(plan).map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
      <Act plan={plan} interval={interval} offer={offer} />
    </li>
  );
}

function Act({ plan, interval, offer }: { plan: Plan; interval: Interval; offer: Offer }) {
  if (offer === 'current') return <p className={styles.current}>Your plan</p>;
  if (offer === 'start') {
    return (
      <div>
        <ButtonLink href="/sign-in" weight="quiet">
          Start free
        </ButtonLink>
      </div>
    );
  }
  if (!plan.prices || offer === 'none') return null;
  return offer === 'subscribe' ? (
    <form action={subscribe}>
      <PlanFields plan={plan} interval={interval} />
      <SubmitButton busy="Opening Checkout" describedBy={`plan-${plan.name}`}>
        Subscribe
      </SubmitButton>
    </form>
  ) : (
    <form action="/billing/switch">
      <PlanFields plan={plan} interval={interval} />
      <button type="submit" className={buttonClass('quiet')}>
        {`Switch to ${offer === 'switch' ? plan.title : `${interval}ly`}`}
      </button>
    </form>
  );
}

function PlanFields({ plan, interval }: { plan: PaidPlan; interval: Interval }) {
  return (
    <>
      <input type="hidden" name="plan" value={plan.name} />
      <input type="hidden" name="interval" value={interval} />
    </>
  );
}

/** What a year paid at once saves over twelve months. */
function Saving({ of: { prices } }: { of: Plan }) {
  const saved = prices ? 12 * prices.month - prices.year : 0;
  if (saved <= 0) return null;
  return (
    <>
      <Money amount={saved} currency={currency} /> less than by the month
    </>
  );
}
