import { planContents } from '@/components/plan-contents';
import { buttonClass } from '@/components/ui/button-class';
import { ButtonLink } from '@/components/ui/button-link';
import { Field } from '@/components/ui/field';
import { Money } from '@/components/ui/money';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Currency, Interval, Plan } from '@/lib/billing/plans';
import { subscribe } from './actions';
import styles from './plan-card.module.css';

/**
 * What the visitor can do with a plan: `start` with the free one, `subscribe` to a paid one, `switch`
 * to it from another, `switch-interval` of their own; `current`: it is theirs already; or `none`.
 */
export type PlanChoice = 'start' | 'subscribe' | 'switch' | 'switch-interval' | 'current' | 'none';

type Offer = { plan: Plan; interval: Interval; currency: Currency };

/** A plan on the pricing page: its price, what it includes, and the button to get it. */
export function PlanCard({ plan, interval, currency, choice }: Offer & { choice: PlanChoice }) {
  const id = `plan-${plan.name}`;
  return (
    <li className={styles.plan}>
      <div>
        <h2 id={id}>{plan.title}</h2>
        <p className="soft">{plan.summary}</p>
      </div>
      <div className="figures">
        <p className={styles.price}>
          <Money amount={plan.prices?.[interval][currency] ?? 0} currency={currency} />
        </p>
        <p className="soft">
          {plan.prices ? `per ${plan.seats ? 'seat and ' : ''}${interval}` : 'forever'}
        </p>
        <p className={styles.saving}>
          {interval === 'year' ? <Saving plan={plan} currency={currency} /> : null}
        </p>
      </div>
      <ul className={styles.contents}>
        {planContents(plan).map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
      <PlanButton plan={plan} interval={interval} currency={currency} choice={choice} />
    </li>
  );
}

function PlanButton({ plan, interval, currency, choice }: Offer & { choice: PlanChoice }) {
  if (choice === 'current') return <p className={styles.current}>Your plan</p>;
  if (choice === 'start') {
    return (
      <div>
        <ButtonLink href="/sign-in" variant="secondary">
          Start free
        </ButtonLink>
      </div>
    );
  }
  if (!plan.prices || choice === 'none') return null;
  return choice === 'subscribe' ? (
    <form action={subscribe} className="stack">
      <PlanFields plan={plan} interval={interval} />
      <input type="hidden" name="currency" value={currency} />
      {plan.seats ? (
        <Field
          label="Seats"
          name="seats"
          type="number"
          required
          min={plan.seats.min}
          max={plan.seats.max}
          defaultValue={plan.seats.min}
        />
      ) : null}
      <SubmitButton pendingText="Opening Checkout" describedBy={`plan-${plan.name}`}>
        Subscribe
      </SubmitButton>
    </form>
  ) : (
    <form action="/billing/switch">
      <PlanFields plan={plan} interval={interval} />
      <button type="submit" className={buttonClass('secondary')}>
        {`Switch to ${choice === 'switch' ? plan.title : `${interval}ly`}`}
      </button>
    </form>
  );
}

function PlanFields({ plan, interval }: Pick<Offer, 'plan' | 'interval'>) {
  return (
    <>
      <input type="hidden" name="plan" value={plan.name} />
      <input type="hidden" name="interval" value={interval} />
    </>
  );
}

/** What paying yearly saves over twelve monthly payments. */
function Saving({ plan: { prices }, currency }: Pick<Offer, 'plan' | 'currency'>) {
  const saved = prices ? 12 * prices.month[currency] - prices.year[currency] : 0;
  if (saved <= 0) return null;
  return (
    <>
      Save <Money amount={saved} currency={currency} /> a year
    </>
  );
}
