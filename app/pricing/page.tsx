import type { Metadata } from 'next';
import { PageShell } from '@/components/page-shell';
import { Notice } from '@/components/ui/notice';
import { PageTitle } from '@/components/ui/section';
import { currentUser } from '@/lib/auth/session';
import { findProblem } from '@/lib/billing/notices';
import { billingOverview, type SubscriptionView } from '@/lib/billing/overview';
import { findFeature } from '@/lib/billing/plan-with';
import { freePlan, type Interval, isInterval, type Plan, plans } from '@/lib/billing/plans';
import { shownCurrency } from '@/lib/billing/shown-currency';
import { isOngoing } from '@/lib/billing/subscription-status';
import { CurrencySwitch } from './currency-switch';
import { FeatureNotice } from './feature-notice';
import { IntervalSwitch } from './interval-switch';
import styles from './page.module.css';
import { PlanCard, type PlanChoice } from './plan-card';

export const metadata: Metadata = {
  title: 'Plans and prices',
  description: 'Pay monthly or yearly. Change or cancel at any time.',
};

export default async function PricingPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [user, query] = await Promise.all([currentUser(), searchParams]);
  const problem = findProblem(query.problem);
  const feature = findFeature(query.for);
  const subscription = user ? (await billingOverview(user)).subscription : null;
  const ongoing = subscription && isOngoing(subscription.status) ? subscription : null;
  const interval = [query.interval, ongoing?.interval].find(isInterval) ?? 'month';
  const currency = await shownCurrency(ongoing?.currency);
  return (
    <PageShell signedIn={user !== null}>
      <PageTitle title="Plans and prices">
        <IntervalSwitch current={interval} />
      </PageTitle>
      {problem ? (
        <div className={styles.problem}>
          <Notice kind="problem" title={problem.title} detail={problem.detail} />
        </div>
      ) : null}
      {feature ? (
        <div className={styles.problem}>
          <FeatureNotice feature={feature} />
        </div>
      ) : null}
      <ul className={styles.plans}>
        {plans.map((plan) => (
          <PlanCard
            key={plan.name}
            plan={plan}
            interval={interval}
            currency={currency}
            choice={choiceFor(plan, interval, user !== null, ongoing)}
          />
        ))}
      </ul>
      <div className={`${styles.footnote} soft stack`}>
        <CurrencySwitch current={currency} interval={interval} locked={ongoing !== null} />
        <p>
          You can switch plans or cancel at any time under Billing. A switch takes effect
          immediately, and the unused part of what you have paid is credited. If you cancel, you
          keep your plan until the end of the period you have paid for.
        </p>
      </div>
    </PageShell>
  );
}

function choiceFor(
  plan: Plan,
  interval: Interval,
  signedIn: boolean,
  ongoing: SubscriptionView | null,
): PlanChoice {
  if (!signedIn) return plan === freePlan ? 'start' : 'subscribe';
  if (!ongoing) return plan === freePlan ? 'current' : 'subscribe';
  if (plan === freePlan) return 'none';
  if (plan !== ongoing.plan) return 'switch';
  return interval === ongoing.interval ? 'current' : 'switch-interval';
}

type Query = Partial<Record<'interval' | 'problem' | 'for', string | string[]>>;
