import { ActionButton } from '@/components/ui/action-button';
import { FormattedDate } from '@/components/ui/formatted-date';
import { SubmitButton } from '@/components/ui/submit-button';
import type { SessionView } from '@/lib/auth/sessions';
import { signOut, signOutThere } from './actions';
import styles from './sessions.module.css';

/** The browsers that are signed in, each with a button to sign it out. */
export function Sessions({ sessions }: { sessions: SessionView[] }) {
  return (
    <ul className={styles.sessions}>
      {sessions.map((session) => (
        <li key={session.id}>
          <div id={`session-${session.id}`}>
            <p>{session.isThisBrowser ? 'This browser' : 'Another browser'}</p>
            <p className="soft small">
              Signed in on <FormattedDate date={session.createdAt} as="moment" />
            </p>
          </div>
          <SignOutButton session={session} />
        </li>
      ))}
    </ul>
  );
}

function SignOutButton({ session: { id, isThisBrowser } }: { session: SessionView }) {
  if (isThisBrowser) {
    return (
      <ActionButton action={signOut} pendingText="Signing out" variant="secondary">
        Sign out
      </ActionButton>
    );
  }
  return (
    <form action={signOutThere}>
      <input type="hidden" name="session" value={id} />
      <SubmitButton pendingText="Signing out" variant="secondary" describedBy={`session-${id}`}>
        Sign out there
      </SubmitButton>
    </form>
  );
}
