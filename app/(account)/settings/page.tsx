import type { Metadata } from 'next';
import { ActionButton } from '@/components/ui/action-button';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { requireUser } from '@/lib/auth/session';
import { latestPortalVisits } from '@/lib/billing/portal-visits';
import { signOut, signOutEverywhere } from './actions';
import { DeleteAccountForm } from './delete-account-form';
import { PortalVisits } from './portal-visits';
import { findSettingsProblem } from './problems';
import { ProfileForm } from './profile-form';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/settings');
  const [visits, query] = await Promise.all([latestPortalVisits(user.id), searchParams]);
  const problem = findSettingsProblem(query.problem);
  return (
    <>
      <PageTitle title="Settings" />
      <Section id="profile" title="Profile">
        {query.saved ? (
          <Notice kind="news" title="Saved" detail="Your profile is up to date." />
        ) : null}
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <ProfileForm user={user} />
      </Section>
      <Section id="sign-in" title="Sign-in">
        <div>
          <p>{user.email}</p>
          <p className="soft small">
            Sign-in links go to this address. The address on your invoices is set in billing.
          </p>
        </div>
        <div className="row">
          <ActionButton action={signOut} busy="Signing out" weight="quiet">
            Sign out
          </ActionButton>
          <ActionButton action={signOutEverywhere} busy="Signing out" weight="quiet">
            Sign out everywhere
          </ActionButton>
        </div>
      </Section>
      <Section id="visits" title="Opened in billing">
        <PortalVisits visits={visits} />
      </Section>
      <Section id="delete" title="Delete account">
        <DeleteAccountForm email={user.email} />
      </Section>
    </>
  );
}

type Query = Partial<Record<'saved' | 'problem', string | string[]>>;
