import { Notice } from '@/components/ui/notice';
import { type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { words } from '@/lib/reader';
import { may, type Role } from '@/lib/team/roles';
import { CircumstanceAction } from './circumstance-action';

/**
 * What is owed has a notice of its own on the billing page, and a banner on the others, for those who can pay
 * it. Other members are told here.
 */
export function hasNotice(state: CircumstanceName, role: Role | null): boolean {
  const { tone, action } = circumstances[state];
  return tone !== 'calm' && (action !== 'pay' || !may(role, 'manageBilling'));
}

type Standing = { state: CircumstanceName; role: Role | null };

/** What somebody has to know because something has gone wrong, or will: with the button that helps, or whom to ask. */
export async function CircumstanceNotice({ state, role }: Standing) {
  if (!hasNotice(state, role)) return null;
  const { circumstances: t, billing } = await words();
  if (!may(role, 'manageBilling')) {
    return <Notice kind="problem" title={t[state].title} detail={billing.askManagers} />;
  }
  return (
    <Notice kind="problem" {...t[state]}>
      <CircumstanceAction state={state} />
    </Notice>
  );
}
