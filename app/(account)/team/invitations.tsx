import { FormattedDate } from '@/components/ui/formatted-date';
import { words } from '@/lib/reader';
import type { InvitationView } from '@/lib/team/invitations';
import { resend, revoke } from './actions';
import { RowButton } from './row-button';

/** Who was invited and has not joined, each with the buttons to send it again and to take it back. */
export async function Invitations({ invitations }: { invitations: InvitationView[] }) {
  const t = (await words()).team;
  if (invitations.length === 0) return <p className="soft">{t.noInvitations}</p>;
  return (
    <ul className="lines">
      {invitations.map(({ id, email, role, expires, isExpired }) => {
        const row = { name: 'invitation', value: id, describedBy: `invitation-${id}` };
        const day = <FormattedDate date={expires} />;
        return (
          <li key={id}>
            <div id={`invitation-${id}`}>
              <p>{email}</p>
              <p className="soft small">
                {t.roles[role]} · {isExpired ? t.expired(day) : t.expires(day)}
              </p>
            </div>
            <div className="row">
              <RowButton action={resend} {...row} pendingText={t.sending}>
                {t.resend}
              </RowButton>
              <RowButton action={revoke} {...row} pendingText={t.saving}>
                {t.revoke}
              </RowButton>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
