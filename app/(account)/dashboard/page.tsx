import Link from 'next/link';
import { FormattedDate } from '@/components/ui/formatted-date';
import { Money } from '@/components/ui/money';
import { PageTitle, PageTop, Section } from '@/components/ui/section';
import { UsageList } from '@/components/usage-list';
import { type Access, accessOf } from '@/lib/access';
import { requireUser } from '@/lib/auth/session';
import { metadata, words } from '@/lib/reader';
import { usageOf } from '@/lib/usage/usage';
import { CircumstanceNotice, hasNotice } from '../billing/circumstance-notice';
import { ProjectsHome } from '../projects/projects-home';
import { RecentActivity } from '../projects/recent-activity';

export const generateMetadata = metadata((t) => ({ title: t.dashboard.title }));

export default async function DashboardPage() {
  const user = await requireUser('/dashboard');
  const [{ plan, state, trial }, usage] = await Promise.all([accessOf(user), usageOf(user)]);
  const { dashboard: t, usage: usageWords } = await words();
  return (
    <>
      <PageTitle title={user.person.name ? t.hello(user.person.name) : t.welcome} />
      {hasNotice(state, user.role) ? (
        <PageTop>
          <CircumstanceNotice state={state} role={user.role} />
        </PageTop>
      ) : null}
      <ProjectsHome user={user} />
      <Section id="usage" title={usageWords.title}>
        <UsageList usage={usage} />
        <p>
          {t.yourPlan(plan.title)} {trial ? <TrialEnd {...trial} /> : null}
          <Link href="/billing">{t.billing}</Link>
        </p>
      </Section>
      <RecentActivity user={user} />
    </>
  );
}

async function TrialEnd({ end, amount, currency }: NonNullable<Access['trial']>) {
  const t = (await words()).dashboard;
  return (
    <>
      {t.trialEnds(<FormattedDate date={end} />)}{' '}
      {amount === null
        ? null
        : t.thenYouPay(<Money amount={amount} currency={currency} exact />)}{' '}
    </>
  );
}
