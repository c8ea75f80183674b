import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { PageTitle, Section } from '@/components/ui/section';
import type { SubscriptionView } from '@/lib/billing/overview';
import { type Currency, freePlan, type Interval, type Plan, soldPlans } from '@/lib/billing/plans';
import type { PromotionCode } from '@/lib/billing/promotion-code';
import { metadata, words } from '@/lib/reader';
import { Comparison } from './comparison';
import { CurrencySwitch } from './currency-switch';
import { IntervalSwitch } from './interval-switch';
import { PlanCard, type PlanChoice } from './plan-card';
import styles from './pricing.module.css';
import { Questions } from './questions';

export const pricingMetadata = metadata((t) => ({
  title: t.shell.plansAndPrices,
  description: t.pricing.description,
}));

/** Who looks at the prices. */
export type Visitor = {
  isSignedIn: boolean;
  /** What they pay for, or could again. */
  ongoing: SubscriptionView | null;
  /** Whether they can begin with free days. */
  mayTry: boolean;
  /** How many share their account; null for a person alone. */
  members: number | null;
  /** False for a member of a team, whose plan others choose. */
  mayChoose: boolean;
};

const anybody: Visitor = {
  isSignedIn: false,
  ongoing: null,
  mayTry: true,
  members: null,
  mayChoose: true,
};

/**
 * What is sold, for how much, and how to get it.
 *
 * @param typedCode goes along to other prices and to the preview of a change, where it is checked
 * @param notices what has to be said first
 */
export async function Pricing({
  interval,
  currency,
  visitor = anybody,
  code = null,
  typedCode = code?.code,
  notices,
}: {
  interval: Interval;
  currency: Currency;
  visitor?: Visitor;
  code?: PromotionCode | null;
  typedCode?: string;
  notices?: ReactNode;
}) {
  const { ongoing, mayTry, members } = visitor;
  const { pricing: t, landing, shell } = await words();
  return (
    <>
      <PageTitle title={shell.plansAndPrices}>
        <IntervalSwitch current={interval} code={typedCode} />
      </PageTitle>
      <Section id="plans" title={landing.plans}>
        {notices}
        <div className={styles.container}>
          <ul className={styles.plans}>
            {soldPlans.map((plan) => (
              <PlanCard
                key={plan.name}
                plan={plan}
                interval={interval}
                currency={currency}
                code={code}
                typedCode={typedCode}
                members={members}
                trial={(mayTry && plan.trial) || null}
                choice={choiceFor(plan, interval, visitor)}
                isRecommended={plan.recommended === true && !ongoing}
              />
            ))}
          </ul>
        </div>
        <div className={`${styles.footnote} soft`}>
          <CurrencySwitch
            current={currency}
            interval={interval}
            code={typedCode}
            locked={ongoing !== null}
          />
          {ongoing ? null : (
            <form action="/pricing" className={`row ${styles.code}`}>
              <input type="hidden" name="interval" value={interval} />
              <Field label={t.code} name="code" required maxLength={100} autoComplete="off" />
              <button type="submit" className={buttonClass('secondary')}>
                {t.apply}
              </button>
            </form>
          )}
        </div>
      </Section>
      <Section id="comparison" title={t.comparison}>
        <Comparison />
      </Section>
      <Section id="questions" title={t.asked}>
        <Questions />
      </Section>
    </>
  );
}

function choiceFor(
  plan: Plan,
  interval: Interval,
  { isSignedIn, ongoing, mayChoose }: Visitor,
): PlanChoice {
  if (!mayChoose) return plan === (ongoing?.plan ?? freePlan) ? 'current' : 'none';
  if (!isSignedIn) return plan === freePlan ? 'start' : 'subscribe';
  if (!ongoing) return plan === freePlan ? 'current' : 'subscribe';
  if (plan === freePlan) return 'none';
  const { nextChange } = ongoing;
  const isNext = nextChange?.plan === plan.name && nextChange.interval === interval;
  const isHeld = plan === ongoing.plan && interval === ongoing.interval;
  if (nextChange?.kind === 'scheduled' && isNext && !isHeld) return 'planned';
  if (plan !== ongoing.plan) return 'switch';
  return isHeld ? 'current' : 'switch-interval';
}
