import { notFound } from 'next/navigation';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireUser } from '@/lib/auth/session';
import { teams } from '@/lib/billing/plans';
import { metadata, words } from '@/lib/reader';
import { findMessage } from '@/lib/words';
import { startTeam } from '../actions';

export const generateMetadata = metadata((t) => ({ title: t.team.newPage.title }));

/** Where somebody makes a team of their own. */
export default async function NewTeamPage({ searchParams }: { searchParams: Promise<Query> }) {
  if (!teams) notFound();
  await requireUser('/team/new');
  const { team } = await words();
  const { newPage: t } = team;
  const problem = findMessage(team.problems, (await searchParams).problem);
  return (
    <>
      <PageTitle title={t.title} />
      <Section id="name" title={team.title}>
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <p>{t.means}</p>
        <form action={startTeam} className="form">
          <Field
            label={team.name}
            name="name"
            required
            maxLength={60}
            autoComplete="organization"
          />
          <SubmitButton pendingText={t.creating}>{t.create}</SubmitButton>
        </form>
      </Section>
    </>
  );
}

type Query = { problem?: string | string[] };
