import { ActionButton } from '@/components/ui/action-button';
import { Day } from '@/components/ui/day';
import { SubmitButton } from '@/components/ui/submit-button';
import type { SessionView } from '@/lib/auth/sessions';
import { signOut, signOutThere } from './actions';
import styles from './sessions.module.css';

/** Where the user is signed in, each with its way out. */
export function Sessions({ sessions }: { sessions: SessionView[] }) {
  return (
    <ul className={styles.sessions}>
      {sessions.map((session) => (
        <li key={session.id}>
          <div id={`session-${session.id}`}>
            <p>{session.isThisBrowser ? 'This browser' : 'Another browser'}</p>
            <p className="soft small">
              Signed in on <Day of={session.createdAt} as="moment" />
            </p>
          </div>
          <WayOut of={session} />
        </li>
      ))}
    </ul>
  );
}

function WayOut({ of: { id, isThisBrowser } }: { of: SessionView }) {
  if (isThisBrowser) {
    return (
      <ActionButton action={signOut} busy="Signing out" weight="quiet">
        Sign out
      </ActionButton>
    );
  }
  return (
    <form action={signOutThere}>
      <input type="hidden" name="session" value={id} />
      <SubmitButton busy="Signing out" weight="quiet" describedBy={`session-${id}`}>
        Sign out there
      </SubmitButton>
    </form>
  );
}
