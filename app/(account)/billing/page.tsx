import Link from 'next/link';
import { PlanSummary } from '@/components/plan-summary';
import { SpendChart } from '@/components/spend-chart';
import { ActionButton } from '@/components/ui/action-button';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { UsageList } from '@/components/usage-list';
import { accessOf } from '@/lib/access';
import { requireUser } from '@/lib/auth/session';
import { countMembers } from '@/lib/billing/account';
import { prepareCatalogueIds } from '@/lib/billing/catalogue-objects';
import { circumstances } from '@/lib/billing/circumstances';
import { invoiceHistory, invoiceSearch } from '@/lib/billing/invoices';
import { findAllowedNotice } from '@/lib/billing/notice-cookie';
import { billingOverview } from '@/lib/billing/overview';
import { teams } from '@/lib/billing/plans';
import { isOngoing } from '@/lib/billing/subscription-status';
import { metadata, timeZone, words } from '@/lib/reader';
import { may } from '@/lib/team/roles';
import { usageOf } from '@/lib/usage/usage';
import { findMessage } from '@/lib/words';
import { manageBilling } from './actions';
import { BillingActions } from './billing-actions';
import { CircumstanceNotice } from './circumstance-notice';
import { Extras } from './extras';
import { BillingForMember } from './for-member';
import { Invoices } from './invoices';
import { NextStep } from './next-step';
import { PaymentNotice } from './payment-notice';
import { SubscribeAgain } from './subscribe-again';

export const generateMetadata = metadata((t) => ({ title: t.billing.title }));

export default async function BillingPage({ searchParams }: PageProps<'/billing'>) {
  const [user, query] = await Promise.all([requireUser('/billing'), searchParams]);
  if (!may(user.role, 'manageBilling')) {
    return <BillingForMember user={user} problem={query.problem} />;
  }
  const search = invoiceSearch.parse(query);
  const [overview, history, members, { extras }, usage] = await Promise.all([
    billingOverview(user),
    invoiceHistory(user, search, await timeZone()),
    countMembers(user),
    accessOf(user),
    usageOf(user),
    prepareCatalogueIds(),
  ]);
  const { state, subscription, owed, card, hasCustomer, syncedAt } = overview;
  const { billing: t, problems, team, usage: usageWords } = await words();
  const problem = findMessage(problems, query.problem);
  const notice = await findAllowedNotice(query.notice);
  const { action } = circumstances[state];
  return (
    <>
      <PageTitle title={t.title}>
        <ActionButton
          action={manageBilling}
          pendingText={t.opening}
          variant={hasCustomer && !owed ? 'primary' : 'secondary'}
        >
          {t.manage}
        </ActionButton>
      </PageTitle>
      <p className="on-paper">{user.name ? `${user.name}, ${user.email}` : user.email}</p>
      <Section id="plan" title={t.currentPlan}>
        {problem ? (
          <Notice kind="problem" title={problem.title} detail={problem.detail}>
            {problem.key === 'unavailable' ? (
              <ActionButton action={manageBilling} pendingText={t.opening} variant="secondary">
                {t.tryAgain}
              </ActionButton>
            ) : null}
          </Notice>
        ) : null}
        {notice ? <Notice kind="info" title={notice.title} detail={notice.detail} /> : null}
        {owed ? (
          <PaymentNotice owed={owed} card={card} />
        ) : (
          <CircumstanceNotice state={state} role={user.role} />
        )}
        <PlanSummary overview={overview} />
        <Extras extras={extras} />
        {hasCustomer ? (
          <BillingActions
            subscription={subscription}
            withCard={!owed && action !== 'update_card' && state !== 'trial_paused'}
            withSeats={members === null}
          />
        ) : null}
        <SubscribeAgain subscription={subscription} card={card} members={members} />
        <NextStep state={state} said={notice?.title} />
        {teams && !user.role && subscription && isOngoing(subscription.status) ? (
          <p>
            <Link href="/team/move">{team.movePage.link}</Link>
          </p>
        ) : null}
        {syncedAt ? (
          <p className="soft small">
            {t.lastUpdated(<FormattedDate date={syncedAt} as="moment" />)}
          </p>
        ) : null}
      </Section>
      <Section id="usage" title={usageWords.title}>
        <UsageList usage={usage} />
      </Section>
      <Section id="invoices" title={t.invoices}>
        {history ? (
          <Invoices history={history} search={search} />
        ) : (
          <p className="soft">{t.noInvoices}</p>
        )}
      </Section>
      {history?.spend ? (
        <Section id="spent" title={t.paidByMonth}>
          <SpendChart spend={history.spend} />
        </Section>
      ) : null}
    </>
  );
}
