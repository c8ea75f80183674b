import type { Metadata } from 'next';
import { InvoiceTable } from '@/components/invoice-table';
import { MonthlySpendTable } from '@/components/monthly-spend-table';
import { PlanSummary } from '@/components/plan-summary';
import { ActionButton } from '@/components/ui/action-button';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { accessOf } from '@/lib/access';
import { requireUser } from '@/lib/auth/session';
import { prepareCatalogueIds } from '@/lib/billing/catalogue-objects';
import { circumstances } from '@/lib/billing/circumstances';
import { findAllowedNotice } from '@/lib/billing/notice-cookie';
import { findProblem } from '@/lib/billing/notices';
import { billingOverview } from '@/lib/billing/overview';
import { manageBilling } from './actions';
import { BillingActions } from './billing-actions';
import { CircumstanceNotice } from './circumstance-notice';
import { Extras } from './extras';
import { NextStep } from './next-step';

export const metadata: Metadata = { title: 'Billing' };

export default async function BillingPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/billing');
  const [overview, { extras }, query] = await Promise.all([
    billingOverview(user),
    accessOf(user),
    searchParams,
    prepareCatalogueIds(),
  ]);
  const { state, subscription, invoices, hasCustomer, syncedAt } = overview;
  const problem = findProblem(query.problem);
  const notice = await findAllowedNotice(query.notice);
  const { action } = circumstances[state];
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
        <CircumstanceNotice state={state} />
        <PlanSummary overview={overview} />
        <Extras extras={extras} />
        {hasCustomer ? (
          <BillingActions
            subscription={subscription}
            withCard={action !== 'pay' && action !== 'update_card'}
          />
        ) : null}
        <NextStep state={state} />
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
