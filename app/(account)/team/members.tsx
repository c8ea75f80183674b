import { words } from '@/lib/reader';
import type { MemberView } from '@/lib/team/members';
import { may, type Role } from '@/lib/team/roles';
import { changeRole, handOver, remove } from './actions';
import { RowButton } from './row-button';

/** Everybody in the team, each with what somebody in a role may do about them. */
export async function Members({ members, role }: { members: MemberView[]; role: Role }) {
  const t = (await words()).team;
  return (
    <>
      <ul className="lines">
        {members.map((member) => (
          <Member key={member.id} member={member} role={role} />
        ))}
      </ul>
      <p className="soft small">
        {t.mayDo.admin} {t.mayDo.owner}
      </p>
    </>
  );
}

async function Member({ member, role }: { member: MemberView; role: Role }) {
  const t = (await words()).team;
  const { id, name, email, role: theirs, isYou, isOffered } = member;
  const other = theirs === 'admin' ? 'member' : 'admin';
  const row = { name: 'member', value: id, describedBy: `member-${id}` };
  return (
    <li>
      <div id={`member-${id}`}>
        <p>{isYou ? t.you(name ?? email) : (name ?? email)}</p>
        <p className="soft small">
          {name ? `${email} · ` : ''}
          {t.roles[theirs]}
        </p>
        {isOffered && !isYou ? <p className="small">{t.offered}</p> : null}
      </div>
      {theirs === 'owner' ? null : (
        <div className="row">
          {may(role, 'changeRoles') ? (
            <RowButton action={changeRole} {...row} also={{ role: other }} pendingText={t.saving}>
              {other === 'admin' ? t.makeAdmin : t.makeMember}
            </RowButton>
          ) : null}
          {may(role, 'handOver') ? (
            <RowButton
              action={handOver}
              {...row}
              value={isOffered ? '' : id}
              pendingText={t.saving}
            >
              {isOffered ? t.takeBack : t.handOver}
            </RowButton>
          ) : null}
          {may(role, 'removeMembers') && !isYou ? (
            <RowButton action={remove} {...row} pendingText={t.saving}>
              {t.remove}
            </RowButton>
          ) : null}
        </div>
      )}
    </li>
  );
}
