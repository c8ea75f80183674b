import { notFound } from 'next/navigation';
import { AccountShell } from '@/app/account-shell';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { PageTitle, PageTop, Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { currentUser } from '@/lib/auth/session';
import { teams } from '@/lib/billing/plans';
import { metadata, words } from '@/lib/reader';
import { findInvitation, type InvitationShown } from '@/lib/team/join';
import { join, signInAsAnother } from './actions';

export const generateMetadata = metadata((t) => ({
  title: t.team.invitation.name,
  referrer: 'same-origin',
  robots: { index: false },
}));

/** Where the link in an invitation leads: what it is for, and what this person can do with it. */
export default async function InvitationPage({ searchParams }: { searchParams: Promise<Query> }) {
  if (!teams) notFound();
  const { token } = await searchParams;
  const user = await currentUser();
  const shown =
    typeof token === 'string' ? await findInvitation(token, user?.person ?? null) : null;
  const t = (await words()).team;
  return (
    <AccountShell>
      {shown && typeof token === 'string' ? (
        <>
          <PageTitle title={t.invitation.title(shown.team)} />
          <Section id="invitation" title={t.invitation.name}>
            <Shown {...shown} yours={user?.person.email ?? ''} token={token} />
          </Section>
        </>
      ) : (
        <>
          <PageTitle title={t.invitation.name} />
          <PageTop>
            <Notice kind="problem" {...t.invitation.gone} />
          </PageTop>
        </>
      )}
    </AccountShell>
  );
}

async function Shown({
  state,
  team,
  email,
  isMember,
  yours,
  token,
}: InvitationShown & { yours: string; token: string }) {
  const t = (await words()).team.invitation;
  const field = <input type="hidden" name="token" value={token} />;
  if (isMember) {
    return (
      <form action={join} className="stack">
        {field}
        <p>{t.isMember(team)}</p>
        <SubmitButton pendingText={t.joining}>{t.go}</SubmitButton>
      </form>
    );
  }
  switch (state) {
    case 'open':
      return (
        <form action={join} className="stack">
          {field}
          <p>{t.open(team)}</p>
          <SubmitButton pendingText={t.joining}>{t.join}</SubmitButton>
        </form>
      );
    case 'signed-out':
    case 'no-account': {
      const page = encodeURIComponent(`/invitation?token=${encodeURIComponent(token)}`);
      return (
        <div className="stack">
          <p>{state === 'signed-out' ? t.signedOut(email) : t.noAccount(email)}</p>
          <ButtonLink href={`/sign-in?callbackUrl=${page}`}>{t.signIn}</ButtonLink>
        </div>
      );
    }
    case 'other-person':
      return (
        <form action={signInAsAnother} className="stack">
          {field}
          <p>{t.otherPerson(email, yours)}</p>
          <SubmitButton pendingText={t.signOut} variant="secondary">
            {t.signOut}
          </SubmitButton>
        </form>
      );
    case 'full':
      return <p>{t.full(team)}</p>;
    case 'expired':
      return <p>{t.expired}</p>;
    default:
      return <p>{t.accepted}</p>;
  }
}

type Query = { token?: string | string[] };
