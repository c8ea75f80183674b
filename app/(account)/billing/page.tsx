import type { Metadata } from 'next';
import { InvoiceTable } from '@/components/invoice-table';
import { PlanStatement } from '@/components/plan-statement';
import { SpendByMonth } from '@/components/spend-by-month';
import { ActionButton } from '@/components/ui/action-button';
import { ButtonLink } from '@/components/ui/button';
import { Day } from '@/components/ui/day';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { requireUser } from '@/lib/auth/session';
import { prepareCatalogueIds } from '@/lib/billing/catalogue-objects';
import { findNotice, findProblem } from '@/lib/billing/notices';
import { freePlan } from '@/lib/billing/plans';
import { billingOverview } from '@/lib/billing/subscription';
import { manageBilling } from './actions';
import { BillingActions } from './billing-actions';
import { PaymentReminder } from './payment-reminder';
import { findReminder } from './reminder';

export const metadata: Metadata = { title: 'Billing' };

export default async function BillingPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/billing');
  const [overview, query] = await Promise.all([
    billingOverview(user),
    searchParams,
    prepareCatalogueIds(),
  ]);
  const { subscription, invoices, hasCustomer, syncedAt } = overview;
  const problem = findProblem(query.problem);
  const notice = findNotice(query.notice);
  const reminder = findReminder(overview);
  const spent = invoices.some(({ amountPaid }) => amountPaid > 0);
  return (
    <>
      <PageTitle title="Billing">
        <ActionButton action={manageBilling} busy={busy} weight={hasCustomer ? 'primary' : 'quiet'}>
          Manage billing
        </ActionButton>
      </PageTitle>
      <Section id="plan" title="Current plan">
        {problem ? (
          <Notice kind="problem" title={problem.title} detail={problem.detail}>
            {problem.key === 'unavailable' ? (
              <ActionButton action={manageBilling} busy={busy} weight="quiet">
                Try again
              </ActionButton>
            ) : null}
          </Notice>
        ) : null}
        {notice ? <Notice kind="news" title={notice.title} detail={notice.detail} /> : null}
        {reminder ? <PaymentReminder reminder={reminder} /> : null}
        <PlanStatement overview={overview} />
        {hasCustomer ? <BillingActions subscription={subscription} withCard={!reminder} /> : null}
        {overview.plan === freePlan ? <Upgrade isNew={!hasCustomer} /> : null}
        {syncedAt ? (
          <p className="soft small">
            As of <Day of={syncedAt} as="moment" />
          </p>
        ) : null}
      </Section>
      <Section id="invoices" title="Invoices">
        {invoices.length > 0 ? (
          <InvoiceTable invoices={invoices} />
        ) : (
          <p className="soft">None yet. Each payment will be listed here with its invoice.</p>
        )}
      </Section>
      {spent ? (
        <Section id="spent" title="Paid by month">
          <SpendByMonth invoices={invoices} />
        </Section>
      ) : null}
    </>
  );
}

type Query = { problem?: string | string[]; notice?: string | string[] };

const busy = 'Opening billing';

/** What someone without a paid plan can do here. */
function Upgrade({ isNew }: { isNew: boolean }) {
  return (
    <div className="stack">
      <p>
        You are on the {freePlan.title} plan, which costs nothing and needs no card. Choose a paid
        plan when you need more; you can change it or cancel at any time.
      </p>
      <ButtonLink href="/pricing" weight={isNew ? 'primary' : 'quiet'}>
        See the plans
      </ButtonLink>
    </div>
  );
}
