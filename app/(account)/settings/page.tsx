import { ActionButton } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button-class';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { auditEntries } from '@/lib/audit';
import { requireUser } from '@/lib/auth/session';
import { openSessions } from '@/lib/auth/sessions';
import { wantsTips } from '@/lib/mail/unsubscribe';
import { metadata, words } from '@/lib/reader';
import { teamsOf } from '@/lib/team/teams';
import { findMessage } from '@/lib/words';
import { signOutEverywhere } from './actions';
import { Activity } from './activity';
import { ApiKeys } from './api-keys/api-keys';
import { DeleteAccountForm } from './delete-account-form';
import { EmailForm } from './email-form';
import { MailForm } from './mail-form';
import { ProfileForm } from './profile-form';
import { Sessions } from './sessions';

export const generateMetadata = metadata((t) => ({ title: t.settings.title }));

export default async function SettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const user = await requireUser('/settings');
  const { person } = user;
  const [sessions, entries, owned, query] = await Promise.all([
    openSessions(person.id),
    auditEntries(person.id, 20),
    teamsOf(person, 'owner'),
    searchParams,
  ]);
  const { settings: t, problems } = await words();
  // One of its own, or one of billing's when deleting the account.
  const problem = findMessage({ ...problems, ...t.problems }, query.problem);
  return (
    <>
      <PageTitle title={t.title} />
      <Section id="profile" title={t.profile}>
        {query.saved ? <Notice kind="info" {...t.saved} /> : null}
        {query.sent ? <Notice kind="info" {...t.linkSent} /> : null}
        {query.ended ? <Notice kind="info" {...t.ended} /> : null}
        {problem ? <Notice kind="problem" title={problem.title} detail={problem.detail} /> : null}
        <ProfileForm user={user} />
      </Section>
      <Section id="sign-in" title={t.signIn}>
        <div>
          <p>{person.email}</p>
          <p className="soft small">{t.linksGoHere}</p>
        </div>
        <EmailForm />
        <Sessions sessions={sessions} />
        <ActionButton action={signOutEverywhere} pendingText={t.signingOut} variant="secondary">
          {t.signOutEverywhere}
        </ActionButton>
      </Section>
      <Section id="e-mails" title={t.emails}>
        <MailForm wantsTips={await wantsTips(person.id)} />
      </Section>
      <ApiKeys user={user} problem={query.problem} />
      <Section id="activity" title={t.activity}>
        <Activity entries={entries} />
      </Section>
      <Section id="data" title={t.yourData}>
        <p>{t.dataIs}</p>
        <form action="/settings/data" method="post">
          <button type="submit" className={buttonClass('secondary')}>
            {t.download}
          </button>
        </form>
      </Section>
      <Section id="delete" title={t.deleteAccount}>
        {owned.length > 0 ? (
          <p>{t.ownsTeams(owned.map(({ name }) => name))}</p>
        ) : (
          <DeleteAccountForm email={person.email} />
        )}
      </Section>
    </>
  );
}

type Query = Partial<Record<'saved' | 'sent' | 'ended' | 'problem', string | string[]>>;
