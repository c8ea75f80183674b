import type { Metadata } from 'next';
import { Frame } from '@/components/frame';
import { Notice } from '@/components/ui/notice';
import { PageTitle } from '@/components/ui/section';
import { currentUser } from '@/lib/auth/session';
import { findProblem } from '@/lib/billing/notices';
import { freePlan, isInterval, plans } from '@/lib/billing/plans';
import { billingOverview, isOngoing } from '@/lib/billing/subscription';
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
  const current = ongoing ? ongoing.plan : user ? freePlan : null;
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
        {plans.map((plan) => {
          const offer: Offer = plan === current ? 'current' : ongoing ? 'change' : 'open';
          return (
            <PlanOffer
              key={plan.name}
              plan={plan}
              interval={interval}
              offer={offer}
              signedIn={user !== null}
            />
          );
        })}
      </ul>
      <p className={`${styles.small} soft`}>
        Prices in US dollars. Change your plan, your card or cancel at any time under Billing; what
        you have paid for stays yours until its period ends.
      </p>
    </Frame>
  );
}

type Query = Partial<Record<'interval' | 'problem', string | string[]>>;
