import { planContents } from '@/components/plan-contents';
import { SeatsField } from '@/components/seats-field';
import { TaxNote } from '@/components/tax-note';
import { type ButtonVariant, buttonClass } from '@/components/ui/button-class';
import { ButtonLink } from '@/components/ui/button-link';
import { Money } from '@/components/ui/money';
import { SubmitButton } from '@/components/ui/submit-button';
import {
  type Currency,
  type Interval,
  mostMembers,
  type PaidPlan,
  type Plan,
  type Trial,
} from '@/lib/billing/plans';
import { type PromotionCode, priceWith } from '@/lib/billing/promotion-code';
import { words } from '@/lib/reader';
import type { Words } from '@/lib/words/english';
import { subscribe } from './actions';
import styles from './plan-card.module.css';

/**
 * What the visitor can do with a plan: `start` with the free one, `subscribe` to a paid one, `switch`
 * to it from another, `switch-interval` of their own; `current`: it is theirs already; `planned`: it
 * will be; or `none`.
 */
export type PlanChoice =
  | 'start'
  | 'subscribe'
  | 'switch'
  | 'switch-interval'
  | 'current'
  | 'planned'
  | 'none';

type Offer = {
  plan: Plan;
  interval: Interval;
  currency: Currency;
  /** Set where the visitor can begin with free days. */
  trial: Trial | null;
  /** What they have, for a purchase. */
  code: PromotionCode | null;
  /** What they typed, for a change. */
  typedCode: string | undefined;
  /** How many share the visitor's account; null for a person alone. */
  members: number | null;
};

/** A plan on the pricing page: its price, what it includes, and the button to get it. */
export async function PlanCard({
  choice,
  isRecommended,
  ...offer
}: Offer & { choice: PlanChoice; isRecommended: boolean }) {
  const all = await words();
  const t = all.pricing;
  const { plan, interval, currency, code } = offer;
  const trial = choice === 'subscribe' ? offer.trial : null;
  const price = reducedPrice(offer) ?? plan.prices?.[interval][currency] ?? 0;
  const id = `plan-${plan.name}`;
  return (
    <li className={`${styles.plan} ${isRecommended ? styles.recommended : ''}`}>
      <div>
        <div className={styles.head}>
          <h3 id={id}>{plan.title}</h3>
          {isRecommended ? <span>{t.recommended}</span> : null}
        </div>
        <p className="soft">{all.catalogue.summary(plan)}</p>
      </div>
      <div className="figures">
        <p className={styles.price}>
          <Money amount={price} currency={currency} />
        </p>
        <p className="soft">
          {plan.prices ? per(offer, all) : t.forever}
          {plan.prices ? <TaxNote /> : null}
        </p>
        {isPaid(plan) && code ? <CodeTerms {...offer} plan={plan} code={code} /> : null}
        {trial ? (
          <p className="soft">
            {t.daysFree(
              trial.days,
              <>
                <Money amount={price} currency={currency} /> {per(offer, all)}
              </>,
            )}{' '}
            {trial.card ? t.cancelBefore : t.noCardUntilThen}
          </p>
        ) : null}
        <p className={styles.saving}>
          {interval === 'year' ? <Saving plan={plan} currency={currency} /> : null}
        </p>
      </div>
      <ul className={styles.contents}>
        {planContents(plan, all).map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
      <PlanButton
        {...offer}
        trial={trial}
        choice={choice}
        variant={isRecommended ? 'primary' : 'secondary'}
      />
    </li>
  );
}

function per({ plan, interval }: Offer, { summary: t }: Words): string {
  return plan.seats ? t.perSeatAnd(interval) : t.perPeriod(interval, 1);
}

function isPaid(plan: Plan): plan is PaidPlan {
  return plan.prices !== null;
}

/** What one seat costs with a code; null where the code takes nothing off each seat. */
function reducedPrice({ plan, code, ...offer }: Offer): number | null {
  // An amount is taken off the whole, not off each seat.
  if (!isPaid(plan) || !code || (plan.seats && code.percentOff === null)) return null;
  const price = priceWith(code, { ...offer, plan, seats: 1 });
  return typeof price === 'number' ? price : null;
}

/** What a code takes off this plan and for how long, or that it does not. */
async function CodeTerms({
  plan,
  code,
  ...offer
}: Offer & { plan: PaidPlan; code: PromotionCode }) {
  const { interval, currency } = offer;
  const t = (await words()).pricing;
  if (!isFor(plan, code, offer)) {
    return <p>{t.codeNotForThis}</p>;
  }
  if (reducedPrice({ ...offer, plan, code }) === null) {
    return <p>{t.checkoutShows}</p>;
  }
  return (
    <p>
      {t.insteadOf(<Money amount={plan.prices[interval][currency]} currency={currency} />)}
      {t.forDuration(code.duration)}
    </p>
  );
}

/** Whether a code can be used for a plan: with the most seats, as nobody knows yet how many. */
function isFor(plan: PaidPlan, code: PromotionCode, offer: Pick<Offer, 'interval' | 'currency'>) {
  const price = priceWith(code, { ...offer, plan, seats: plan.seats?.max ?? 1 });
  return typeof price === 'number';
}

async function PlanButton({
  choice,
  variant,
  ...offer
}: Offer & { choice: PlanChoice; variant: ButtonVariant }) {
  const { plan, interval, currency, trial, code, typedCode, members } = offer;
  const t = (await words()).pricing;
  if (choice === 'current') return <p className={styles.current}>{t.yourPlan}</p>;
  if (choice === 'planned') return <p className={styles.current}>{t.yourNextPlan}</p>;
  if (choice === 'start') {
    return (
      <div className={styles.start}>
        <ButtonLink href="/sign-in" variant="secondary" prefetch={false}>
          {t.startFree}
        </ButtonLink>
      </div>
    );
  }
  if (!plan.prices || choice === 'none') return null;
  if (members !== null && members > mostMembers(plan)) return <p>{t.tooManyMembers}</p>;
  const seats = plan.seats ? <Seats seats={plan.seats} members={members} /> : null;
  return choice === 'subscribe' ? (
    <form action={subscribe} className="stack">
      <PlanFields plan={plan} interval={interval} />
      <input type="hidden" name="currency" value={currency} />
      {trial ? <input type="hidden" name="trial" value="yes" /> : null}
      {isPaid(plan) && code && isFor(plan, code, offer) ? (
        <input type="hidden" name="code" value={code.code} />
      ) : null}
      {seats}
      <SubmitButton
        pendingText={t.openingCheckout}
        variant={variant}
        describedBy={`plan-${plan.name}`}
      >
        {trial ? t.startTrial : t.subscribe}
      </SubmitButton>
    </form>
  ) : (
    <form action="/billing/switch" className="stack">
      <PlanFields plan={plan} interval={interval} />
      {typedCode ? <input type="hidden" name="code" value={typedCode} /> : null}
      {choice === 'switch' ? seats : null}
      <button type="submit" className={buttonClass('secondary')}>
        {choice === 'switch' ? t.switchTo(plan.title) : t.switchToInterval[interval]}
      </button>
    </form>
  );
}

async function Seats({
  seats,
  members,
}: Pick<Offer, 'members'> & { seats: NonNullable<Plan['seats']> }) {
  if (members === null) return <SeatsField {...seats} seats={seats.min} />;
  return <p>{(await words()).pricing.seatsFollow(Math.max(members, seats.min))}</p>;
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
async function Saving({ plan: { prices }, currency }: Pick<Offer, 'plan' | 'currency'>) {
  const saved = prices ? 12 * prices.month[currency] - prices.year[currency] : 0;
  if (saved <= 0) return null;
  return (await words()).pricing.save(<Money amount={saved} currency={currency} />);
}
