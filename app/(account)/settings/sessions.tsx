import { ActionButton } from '@/components/ui/action-button';
import { FormattedDate } from '@/components/ui/formatted-date';
import { SubmitButton } from '@/components/ui/submit-button';
import type { SessionView } from '@/lib/auth/sessions';
import { words } from '@/lib/reader';
import type { Words } from '@/lib/words/english';
import { signOut, signOutThere } from './actions';

/** The browsers that are signed in, each with a button to sign it out. */
export async function Sessions({ sessions }: { sessions: SessionView[] }) {
  const t = (await words()).settings;
  return (
    <ul className="lines">
      {sessions.map((session) => (
        <li key={session.id}>
          <div id={`session-${session.id}`}>
            <p>{titleOf(session, t)}</p>
            <p className="soft small">
              {t.signedInOn(<FormattedDate date={session.createdAt} as="moment" />)}
            </p>
          </div>
          <SignOutButton session={session} />
        </li>
      ))}
    </ul>
  );
}

function titleOf({ isThisBrowser, browser }: SessionView, t: Words['settings']): string {
  if (!browser) return isThisBrowser ? t.thisBrowser : t.otherBrowser;
  return isThisBrowser ? `${t.thisBrowser}: ${t.browser(browser)}` : t.browser(browser);
}

async function SignOutButton({ session: { id, isThisBrowser } }: { session: SessionView }) {
  const t = (await words()).settings;
  if (isThisBrowser) {
    return (
      <ActionButton action={signOut} pendingText={t.signingOut} variant="secondary">
        {t.signOut}
      </ActionButton>
    );
  }
  return (
    <form action={signOutThere}>
      <input type="hidden" name="session" value={id} />
      <SubmitButton pendingText={t.signingOut} variant="secondary" describedBy={`session-${id}`}>
        {t.signOutThere}
      </SubmitButton>
    </form>
  );
}
