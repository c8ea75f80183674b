import type { Metadata } from 'next';
import { FeatureList } from '@/components/feature-list';
import { planLimits } from '@/components/plan-contents';
import { ButtonLink } from '@/components/ui/button-link';
import { PageTitle, Section } from '@/components/ui/section';
import { accessOf } from '@/lib/access';
import { requireUser } from '@/lib/auth/session';
import { freePlan } from '@/lib/billing/plans';
import { CircumstanceNotice } from '../billing/circumstance-notice';
import styles from './page.module.css';

export const metadata: Metadata = { title: 'Dashboard' };

export default async function DashboardPage() {
  const user = await requireUser('/dashboard');
  const access = await accessOf(user);
  const { plan, state, shown } = access;
  return (
    <>
      <PageTitle title={`Hello, ${user.name ?? user.email}`} />
      <Section id="plan" title="Your plan">
        <CircumstanceNotice state={state} />
        <div className={styles.plan}>
          <p className={styles.name}>{plan.title}</p>
          <p className="soft">{plan.summary}</p>
        </div>
        <ul className={`${styles.limits} figures`}>
          {planLimits(shown).map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
        <div className="row">
          {plan === freePlan ? (
            <ButtonLink href="/pricing">See the plans</ButtonLink>
          ) : (
            <ButtonLink href="/billing" variant="secondary">
              Go to billing
            </ButtonLink>
          )}
        </div>
      </Section>
      <Section id="features" title="Features">
        <FeatureList access={access} />
      </Section>
    </>
  );
}
