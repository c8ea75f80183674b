import { planContents } from '@/components/plan-contents';
import { ButtonLink } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { currency, type Interval, type PaidPlan, type Plan } from '@/lib/billing/plans';
import { formatMoney } from '@/lib/format';
import { subscribe } from './actions';
import styles from './plan-offer.module.css';

/**
 * How a plan is on offer to the visitor: it can be subscribed to (`open`), it is theirs
 * (`current`), or they have another one and change it in billing (`change`).
 */
export type Offer = 'open' | 'current' | 'change';

/** A plan on the pricing page: its price, what it gives, and the way to it. */
export function PlanOffer({
  plan,
  interval,
  offer,
  signedIn,
}: {
  plan: Plan;
  interval: Interval;
  offer: Offer;
  signedIn: boolean;
}) {
  const id = `plan-${plan.name}`;
  return (
    <li className={styles.offer}>
      <div>
        <h2 id={id}>{plan.title}</h2>
        <p className="soft">{plan.summary}</p>
      </div>
      <div className="figures">
        <p className={styles.price}>{formatMoney(plan.prices?.[interval] ?? 0, currency)}</p>
        <p className="soft">{plan.prices ? `per ${interval}` : 'for good'}</p>
        <p className={styles.saving}>{interval === 'year' ? saving(plan) : null}</p>
      </div>
      <ul className={styles.contents}>
        {planContents(plan).map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
      <div className={styles.act}>
        {offer === 'current' ? (
          <p className={styles.current}>Your plan</p>
        ) : offer === 'change' ? (
          <ButtonLink href="/billing" weight="quiet">
            Change plan in billing
          </ButtonLink>
        ) : plan.prices ? (
          <Subscribe plan={plan} interval={interval} />
        ) : signedIn ? null : (
          <ButtonLink href="/sign-in" weight="quiet">
            Start free
          </ButtonLink>
        )}
      </div>
    </li>
  );
}

function Subscribe({ plan, interval }: { plan: PaidPlan; interval: Interval }) {
  return (
    <form action={subscribe}>
      <input type="hidden" name="plan" value={plan.name} />
      <input type="hidden" name="interval" value={interval} />
      <SubmitButton busy="Opening Checkout" describedBy={`plan-${plan.name}`}>
        Subscribe
      </SubmitButton>
    </form>
  );
}

/** What a year paid at once saves over twelve months. */
function saving({ prices }: Plan): string | null {
  const saved = prices ? 12 * prices.month - prices.year : 0;
  return saved > 0 ? `${formatMoney(saved, currency)} less than by the month` : null;
}
