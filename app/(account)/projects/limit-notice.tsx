import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { usageAdvice } from '@/components/usage-advice';
import { planWithMore } from '@/lib/billing/plan-with';
import type { Plan } from '@/lib/billing/plans';
import { words } from '@/lib/reader';
import type { Usage } from '@/lib/usage/usage';

/** Says that nothing was done because a limit is reached, and what to do. */
export async function LimitNotice({ plan, usage }: { plan: Plan; usage: Usage }) {
  const { limit, allowed } = usage;
  const { usage: t, actions } = await words();
  return (
    <Notice
      kind="problem"
      title={t.yourPlanIncludes(plan.title, t.amount(limit, allowed))}
      detail={usageAdvice(usage, t) ?? ''}
    >
      {planWithMore(limit, allowed) ? (
        <ButtonLink href="/pricing" variant="secondary">
          {actions.subscribe}
        </ButtonLink>
      ) : null}
    </Notice>
  );
}
