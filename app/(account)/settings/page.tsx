import type { Metadata } from 'next';
import { ActionButton } from '@/components/ui/action-button';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { requireUser } from '@/lib/auth/session';
import { openSessions } from '@/lib/auth/sessions';
import { latestPortalVisits } from '@/lib/billing/portal-visits';
import { wantsTips } from '@/lib/mail/unsubscribe';
import { signOutEverywhere } from './actions';
import { DeleteAccountForm } from './delete-account-form';
import { MailForm } from './mail-form';
import { PortalVisits } from './portal-visits';
import { findSettingsProblem } from './problems';
import { ProfileForm } from './profile-form';
import { Sessions } from './sessions';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/settings');
  const [sessions, visits, query] = await Promise.all([
    openSessions(user.id),
    latestPortalVisits(user.id),
    searchParams,
  ]);
  const problem = findSettingsProblem(query.problem);
  return (
    <>
      <PageTitle title="Settings" />
      <Section id="profile" title="Profile">
        {query.saved ? (
          <Notice kind="info" title="Saved" detail="Your profile has been updated." />
        ) : null}
        {query.ended ? (
          <Notice
            kind="info"
            title="Browser signed out"
            detail="To use your account there, you have to sign in again."
          />
        ) : null}
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <ProfileForm user={user} />
      </Section>
      <Section id="sign-in" title="Sign-in">
        <div>
          <p>{user.email}</p>
          <p className="soft small">
            We send sign-in links to this address. You can set a different one for invoices in
            billing.
          </p>
        </div>
        <Sessions sessions={sessions} />
        <ActionButton action={signOutEverywhere} pendingText="Signing out" variant="secondary">
          Sign out everywhere
        </ActionButton>
      </Section>
      <Section id="e-mails" title="E-mails">
        <MailForm wantsTips={await wantsTips(user.id)} />
      </Section>
      <Section id="visits" title="Billing portal visits">
        <PortalVisits visits={visits} />
      </Section>
      <Section id="delete" title="Delete account">
        <DeleteAccountForm email={user.email} />
      </Section>
    </>
  );
}

type Query = Partial<Record<'saved' | 'ended' | 'problem', string | string[]>>;
