import { notFound } from 'next/navigation';
import { DescriptionList } from '@/components/ui/description-list';
import { Field } from '@/components/ui/field';
import { Money } from '@/components/ui/money';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireBillingAccount } from '@/lib/billing/account';
import { findPaidPlan } from '@/lib/billing/plans';
import { isOngoing } from '@/lib/billing/subscription-status';
import { unusedOf } from '@/lib/billing/unused';
import { metadata, words } from '@/lib/reader';
import { may } from '@/lib/team/roles';
import { findMessage } from '@/lib/words';
import { removeTeam } from './actions';

export const generateMetadata = metadata((t) => ({ title: t.teamEnd.title }));

/** What is lost and paid back when the team is deleted, and the button that does it. */
export default async function DeleteTeamPage({ searchParams }: { searchParams: Promise<Query> }) {
  const account = await requireBillingAccount('/team/delete');
  if (!account.role || !may(account.role, 'deleteTeam')) notFound();
  const { subscription, members } = account;
  const name = account.name ?? '';
  const [unused, query, all] = await Promise.all([unusedOf(account), searchParams, words()]);
  const t = all.teamEnd;
  const problem = findMessage({ ...all.problems, ...t.problems }, query.problem);
  const isPaid = subscription && isOngoing(subscription.status);
  const plan = findPaidPlan(subscription?.plan)?.title ?? all.summary.customPlan;
  return (
    <>
      <PageTitle title={t.title} />
      <Section id="delete" title={name}>
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <p>{t.means}</p>
        <DescriptionList
          items={[
            { name: t.members, value: t.membersLose(members ?? 1) },
            ...(isPaid ? [{ name: t.plan, value: t.planEnds(plan) }] : []),
            ...(isPaid ? [{ name: t.refund, value: refundOf(unused, t) }] : []),
          ]}
        />
        <form action={removeTeam} className="form">
          <Field
            label={t.typeName}
            name="confirm"
            autoComplete="off"
            required
            maxLength={60}
            hint={name}
          />
          <SubmitButton pendingText={t.deleting} variant="secondary">
            {t.title}
          </SubmitButton>
        </form>
      </Section>
    </>
  );
}

function refundOf(
  unused: Awaited<ReturnType<typeof unusedOf>>,
  t: Awaited<ReturnType<typeof words>>['teamEnd'],
) {
  if (unused === 'unknown') return t.refundUnknown;
  return unused ? t.refundIs(<Money {...unused} exact />) : t.noRefund;
}

type Query = { problem?: string | string[] };
