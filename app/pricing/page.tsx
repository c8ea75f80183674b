import type { Metadata } from 'next';
import { Frame } from '@/components/frame';
import { Notice } from '@/components/ui/notice';
import { PageTitle } from '@/components/ui/section';
import { currentUser } from '@/lib/auth/session';
import { findProblem } from '@/lib/billing/notices';
import {
  currency,
  freePlan,
  type Interval,
  isInterval,
  type Plan,
  plans,
} from '@/lib/billing/plans';
import { billingOverview, isOngoing, type SubscriptionView } from '@/lib/billing/subscription';
import { IntervalSwitch } from './interval-switch';
import styles from './page.module.css';
import { type Offer, PlanOffer } from './plan-offer';

export const metadata: Metadata = {
  title: 'Plans and prices',
  description: 'Monthly or yearly, and you can change or cancel at any time.',
};

export default async function PricingPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [user, query] = await Promise.all([currentUser(), searchParams]);
  const interval = isInterval(query.interval) ? query.interval : 'month';
  const problem = findProblem(query.problem);
  const subscription = user ? (await billingOverview(user)).subscription : null;
  const ongoing = subscription && isOngoing(subscription.status) ? subscription : null;
  return (
    <Frame signedIn={user !== null}>
      <PageTitle title="Plans and prices">
        <IntervalSwitch current={interval} />
      </PageTitle>
      {problem ? (
        <div className={styles.problem}>
          <Notice kind="problem" title={problem.title} detail={problem.detail} />
        </div>
      ) : null}
      <ul className={styles.offers}>
        {plans.map((plan) => (
          <PlanOffer
            key={plan.name}
            plan={plan}
            interval={interval}
            offer={offerOf(plan, interval, user !== null, ongoing)}
          />
        ))}
      </ul>
      <p className={`${styles.small} soft`}>
        Prices in {currency.toUpperCase()}. Change your plan, your card or cancel at any time under
        Billing; what you have paid for stays yours until its period ends.
      </p>
    </Frame>
  );
}

function offerOf(
  plan: Plan,
  interval: Interval,
  signedIn: boolean,
  ongoing: SubscriptionView | null,
): Offer {
  if (!signedIn) return plan === freePlan ? 'start' : 'subscribe';
  if (!ongoing) return plan === freePlan ? 'current' : 'subscribe';
  if (plan === freePlan) return 'none';
  if (plan !== ongoing.plan) return 'switch';
  return interval === ongoing.interval ? 'current' : 'switch-interval';
}

type Query = Partial<Record<'interval' | 'problem', string | string[]>>;
