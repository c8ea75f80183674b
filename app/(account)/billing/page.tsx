import type { Metadata } from 'next';
import { InvoiceTable } from '@/components/invoice-table';
import { MonthlySpendTable } from '@/components/monthly-spend-table';
import { PlanSummary } from '@/components/plan-summary';
import { ActionButton } from '@/components/ui/action-button';
import { ButtonLink } from '@/components/ui/button-link';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { requireUser } from '@/lib/auth/session';
import { prepareCatalogueIds } from '@/lib/billing/catalogue-objects';
import { findAllowedNotice } from '@/lib/billing/notice-cookie';
import { findProblem } from '@/lib/billing/notices';
import { billingOverview, type SubscriptionView } from '@/lib/billing/overview';
import { freePlan } from '@/lib/billing/plans';
import { isOngoing } from '@/lib/billing/subscription-status';
import { manageBilling } from './actions';
import { BillingActions } from './billing-actions';
import { findPaymentWarning } from './payment-warning';
import { PaymentWarningNotice } from './payment-warning-notice';

export const metadata: Metadata = { title: 'Billing' };

export default async function BillingPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/billing');
  const [overview, query] = await Promise.all([
    billingOverview(user),
    searchParams,
    prepareCatalogueIds(),
  ]);
  const { plan, subscription, card, invoices, hasCustomer, syncedAt } = overview;
  const problem = findProblem(query.problem);
  const notice = await findAllowedNotice(query.notice);
  const warning = findPaymentWarning(overview);
  const spent = invoices.some(({ amountPaid }) => amountPaid > 0);
  return (
    <>
      <PageTitle title="Billing">
        <ActionButton
          action={manageBilling}
          pendingText={pendingText}
          variant={hasCustomer ? 'primary' : 'secondary'}
        >
          Manage billing
        </ActionButton>
      </PageTitle>
      <Section id="plan" title="Current plan">
        {problem ? (
          <Notice kind="problem" title={problem.title} detail={problem.detail}>
            {problem.key === 'unavailable' ? (
              <ActionButton action={manageBilling} pendingText={pendingText} variant="secondary">
                Try again
              </ActionButton>
            ) : null}
          </Notice>
        ) : null}
        {notice ? <Notice kind="info" title={notice.title} detail={notice.detail} /> : null}
        {warning ? <PaymentWarningNotice warning={warning} /> : null}
        <PlanSummary overview={overview} />
        {hasCustomer ? <BillingActions subscription={subscription} withCard={!warning} /> : null}
        {subscription?.status === 'paused' ? <HowToResume hasCard={card !== null} /> : null}
        {plan === freePlan && !isUnfinished(subscription) ? <Upgrade isNew={!hasCustomer} /> : null}
        {syncedAt ? (
          <p className="soft small">
            Last updated <FormattedDate date={syncedAt} as="moment" />
          </p>
        ) : null}
      </Section>
      <Section id="invoices" title="Invoices">
        {invoices.length > 0 ? (
          <InvoiceTable invoices={invoices} />
        ) : (
          <p className="soft">No invoices yet. You will find the invoice for each payment here.</p>
        )}
      </Section>
      {spent ? (
        <Section id="spent" title="Paid by month">
          <MonthlySpendTable invoices={invoices} />
        </Section>
      ) : null}
    </>
  );
}

type Query = { problem?: string | string[]; notice?: string | string[] };

const pendingText = 'Opening billing';

/** Whether there is a subscription to resume or to pay for, so that a new one is not what helps. */
function isUnfinished(subscription: SubscriptionView | null): boolean {
  if (!subscription) return false;
  return isOngoing(subscription.status) || subscription.status === 'incomplete';
}

function HowToResume({ hasCard }: { hasCard: boolean }) {
  return (
    <p>
      Your plan is paused, so you have what the {freePlan.title} plan includes and are not charged.
      To resume it, choose Manage billing
      {hasCard ? '.' : ', but add a card first: there is none on file.'}
    </p>
  );
}

/** What somebody with no paid plan can do here. */
function Upgrade({ isNew }: { isNew: boolean }) {
  return (
    <div className="stack">
      <p>
        You are on the {freePlan.title} plan, which costs nothing and needs no card. If you need
        more, choose a paid plan. You can change or cancel it at any time.
      </p>
      <ButtonLink href="/pricing" variant={isNew ? 'primary' : 'secondary'}>
        See the plans
      </ButtonLink>
    </div>
  );
}
