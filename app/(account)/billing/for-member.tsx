import { planContents } from '@/components/plan-contents';
import { Notice } from '@/components/ui/notice';
import { PageTitle, Section } from '@/components/ui/section';
import { UsageList } from '@/components/usage-list';
import { accessOf } from '@/lib/access';
import type { SessionUser } from '@/lib/auth/session';
import { words } from '@/lib/reader';
import { membersOf } from '@/lib/team/members';
import { may } from '@/lib/team/roles';
import { usageOf } from '@/lib/usage/usage';
import { findMessage } from '@/lib/words';
import { CircumstanceNotice } from './circumstance-notice';
import { Extras } from './extras';

/** Billing for a member who may not change it: the team's plan, and whom to ask. Nothing of its payments. */
export async function BillingForMember({ user, problem }: { user: SessionUser; problem: unknown }) {
  const [{ plan, state, extras }, usage, members] = await Promise.all([
    accessOf(user),
    usageOf(user),
    membersOf(user),
  ]);
  const all = await words();
  const { billing: t, usage: usageWords } = all;
  const managers = members.filter(({ role }) => may(role, 'manageBilling'));
  const found = findMessage(all.problems, problem);
  return (
    <>
      <PageTitle title={t.title} />
      <Section id="plan" title={t.currentPlan}>
        {found ? <Notice kind="problem" title={found.title} detail={found.detail} /> : null}
        <CircumstanceNotice state={state} role={user.role} />
        <p>
          <strong>{plan.title}</strong>: {planContents(plan, all).join(' · ')}
        </p>
        <Extras extras={extras} />
        <p>{t.managedBy(user.name ?? '')}</p>
        <ul className="lines">
          {managers.map(({ name, email }) => (
            <li key={email}>
              <span>{name}</span>
              <a href={`mailto:${email}`}>{email}</a>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="usage" title={usageWords.title}>
        <UsageList usage={usage} />
      </Section>
    </>
  );
}
