import { notFound } from 'next/navigation';
import { ActionButton } from '@/components/ui/action-button';
import { ButtonLink } from '@/components/ui/button-link';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireUser } from '@/lib/auth/session';
import { metadata, words } from '@/lib/reader';
import { invitationsOf } from '@/lib/team/invitations';
import { membersOf } from '@/lib/team/members';
import { may } from '@/lib/team/roles';
import { findMessage } from '@/lib/words';
import { accept, leave, saveName } from './actions';
import { Invitations } from './invitations';
import { Members } from './members';

export const generateMetadata = metadata((t) => ({ title: t.team.title }));

/** Who is in the team that somebody acts for, and what they may do in it. */
export default async function TeamPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/team');
  const { role } = user;
  if (!role) notFound();
  const invites = may(role, 'invite');
  const [members, invitations, query] = await Promise.all([
    membersOf(user),
    invites ? invitationsOf(user) : [],
    searchParams,
  ]);
  const t = (await words()).team;
  const problem = findMessage(t.problems, query.problem);
  const isOffered = members.some((member) => member.isYou && member.isOffered);
  return (
    <>
      <PageTitle title={user.name ?? t.title}>
        {invites ? <ButtonLink href="/team/invite">{t.invite}</ButtonLink> : null}
      </PageTitle>
      <Section id="members" title={t.members}>
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        {isOffered ? (
          <Notice kind="info" {...t.isOffered}>
            <ActionButton action={accept} pendingText={t.saving}>
              {t.accept}
            </ActionButton>
          </Notice>
        ) : null}
        <Members members={members} role={role} />
      </Section>
      {invites ? (
        <Section id="invitations" title={t.invitations}>
          <Invitations invitations={invitations} />
        </Section>
      ) : null}
      {may(role, 'renameTeam') ? (
        <Section id="name" title={t.nameTitle}>
          <form action={saveName} className="form">
            <Field
              label={t.name}
              name="name"
              required
              maxLength={60}
              defaultValue={user.name ?? ''}
            />
            <SubmitButton pendingText={t.saving} variant="secondary">
              {t.save}
            </SubmitButton>
          </form>
        </Section>
      ) : null}
      {may(role, 'leave') ? (
        <Section id="leave" title={t.leaveTitle}>
          <p>{t.leaveMeans}</p>
          <ActionButton action={leave} pendingText={t.leaving} variant="secondary">
            {t.leave}
          </ActionButton>
        </Section>
      ) : null}
      {may(role, 'deleteTeam') ? (
        <Section id="end" title={t.end}>
          <div className="stack">
            <p>{t.endMeans}</p>
            <ButtonLink href="/team/delete" variant="secondary">
              {t.end}
            </ButtonLink>
          </div>
        </Section>
      ) : null}
    </>
  );
}

type Query = { problem?: string | string[] };
