import type { Metadata } from 'next';
import { FeatureList } from '@/components/feature-list';
import { planLimits } from '@/components/plan-contents';
import { ButtonLink } from '@/components/ui/button-link';
import { PageTitle, Section } from '@/components/ui/section';
import { accessOf } from '@/lib/access';
import { requireUser } from '@/lib/auth/session';
import { billingOverview } from '@/lib/billing/overview';
import { freePlan } from '@/lib/billing/plans';
import { findPaymentWarning } from '../billing/payment-warning';
import { PaymentWarningNotice } from '../billing/payment-warning-notice';
import styles from './page.module.css';

export const metadata: Metadata = { title: 'Dashboard' };

export default async function DashboardPage() {
  const user = await requireUser('/dashboard');
  const [overview, access] = await Promise.all([billingOverview(user), accessOf(user)]);
  const { plan } = access;
  const warning = findPaymentWarning(overview);
  return (
    <>
      <PageTitle title={`Hello, ${user.name ?? user.email}`} />
      <Section id="plan" title="Your plan">
        {warning ? <PaymentWarningNotice warning={warning} /> : null}
        <div className={styles.plan}>
          <p className={styles.name}>{plan.title}</p>
          <p className="soft">{plan.summary}</p>
        </div>
        <ul className={`${styles.limits} figures`}>
          {planLimits(plan).map((limit) => (
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
