import { notFound } from 'next/navigation';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireBillingAccount } from '@/lib/billing/account';
import { metadata, words } from '@/lib/reader';
import { hasPlan, targetsOf } from '@/lib/team/move-plan';
import { findMessage } from '@/lib/words';
import { moveToTeam } from '../actions';

export const generateMetadata = metadata((t) => ({ title: t.team.movePage.title }));

/** Where somebody who pays for a plan gives it to a team that they own. */
export default async function MovePlanPage({ searchParams }: { searchParams: Promise<Query> }) {
  const account = await requireBillingAccount('/team/move');
  if (!hasPlan(account)) notFound();
  const [targets, query, all] = await Promise.all([targetsOf(account), searchParams, words()]);
  const { movePage: t, problems } = all.team;
  const problem = findMessage({ ...all.problems, ...problems }, query.problem);
  const options = targets.flatMap(({ id, name, problem }) =>
    problem ? [] : [{ value: id, text: name }],
  );
  return (
    <>
      <PageTitle title={t.title} />
      <Section id="move" title={all.team.title}>
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <p>{t.means}</p>
        {targets.map(({ id, name, members, problem: why }) =>
          why ? <p key={id}>{t.problems[why](name, members)}</p> : null,
        )}
        {targets.length === 0 ? <p>{t.noTeam}</p> : null}
        {options[0] ? (
          <form action={moveToTeam} className="form">
            <Select label={t.to} name="team" defaultValue={options[0].value} options={options} />
            <SubmitButton pendingText={t.moving}>{t.move}</SubmitButton>
          </form>
        ) : (
          <div className="row">
            <ButtonLink href="/team/new">{all.shell.newTeam}</ButtonLink>
          </div>
        )}
      </Section>
    </>
  );
}

type Query = { problem?: string | string[] };
