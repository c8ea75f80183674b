import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { planWithMore } from '@/lib/billing/plan-with';
import { limits, type Plan } from '@/lib/billing/plans';
import type { Usage } from '@/lib/usage/usage';

/** Says that a limit is reached, or exceeded after a change to a smaller plan, and what to do. */
export function LimitNotice({
  plan,
  usage: { limit, used, allowed },
  isProblem,
}: {
  plan: Plan;
  usage: Usage;
  isProblem: boolean;
}) {
  const { one, many, per } = limits[limit];
  const more = planWithMore(limit, allowed);
  const included = `${allowed} ${allowed === 1 ? one : many}${per ? ` a ${per}` : ''}`;
  const inMore = more ? ` The ${more.title} plan includes ${more.limits[limit]}.` : '';
  const kept =
    per === null && used > allowed
      ? ` You keep all ${used}, but cannot create more until you have room again.`
      : '';
  return (
    <Notice
      kind={isProblem ? 'problem' : 'info'}
      title={`Your ${plan.title} plan includes ${included}`}
      detail={`You have ${per ? 'used ' : ''}${used}.${inMore}${kept}`}
    >
      {more ? (
        <ButtonLink href="/pricing" variant="secondary">
          See the plans
        </ButtonLink>
      ) : null}
    </Notice>
  );
}
