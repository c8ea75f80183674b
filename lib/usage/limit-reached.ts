import { planWithMore } from '../billing/plan-with';
import type { Limit, Plan } from '../billing/plans';
import type { MailFacts } from '../mail/mail-kinds';

/** What the e-mail says to somebody who has reached a limit. */
export function limitMail(limit: Limit, allowed: number, plan: Plan): MailFacts['limit_reached'] {
  return { limit, allowed, plan: plan.title, more: planWithMore(limit, allowed)?.title ?? null };
}

/** There is no room for what somebody wanted to use or to create. Nothing was counted. */
export class LimitReached extends Error {
  override name = 'LimitReached';
  /** The cheapest plan with more; undefined when none has. */
  readonly plan: Plan | undefined;

  /** @param allowed how many their plan allows */
  constructor(
    readonly limit: Limit,
    readonly allowed: number,
  ) {
    super(`The limit of ${allowed} ${limit} is reached`);
    this.plan = planWithMore(limit, allowed);
  }
}
