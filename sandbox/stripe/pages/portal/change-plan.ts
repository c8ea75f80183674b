import { z } from 'zod';
import type { StripeSandbox } from '../../server';
import { changedDiscounts, changeParams } from './change-params';
import { isPutOff } from './change-timing';
import type { NoticeKey } from './notices';
import type { PlanChange } from './plan-change';
import { periodEnd } from './subscriptions';
import type { Visit } from './visit';

const schedule = z.object({ id: z.string() });

/**
 * Changes the plan as it was confirmed, at once or at the end of the period.
 *
 * @throws StripeError 402 when the payment for it fails; the plan is then what it was
 */
export function changePlan(
  sandbox: StripeSandbox,
  visit: Visit,
  change: PlanChange,
  prorationDate: number,
): NoticeKey {
  if (sandbox.run(visit.mode, (ctx) => isPutOff(ctx, visit, change))) {
    putOff(sandbox, visit, change);
    return 'scheduled';
  }
  sandbox.call(visit.mode, 'POST', `/v1/subscriptions/${change.subscription.id}`, {
    ...changeParams(visit, change, prorationDate),
    discounts: changedDiscounts(change),
    payment_behavior: 'error_if_incomplete',
  });
  return 'updated';
}

/** A schedule keeps the present plan until its period ends, then changes it and lets go. */
function putOff(sandbox: StripeSandbox, visit: Visit, change: PlanChange): void {
  const { subscription, item, offered, quantity } = change;
  const created = schedule.parse(
    sandbox.call(visit.mode, 'POST', '/v1/subscription_schedules', {
      from_subscription: subscription.id,
    }),
  );
  sandbox.call(visit.mode, 'POST', `/v1/subscription_schedules/${created.id}`, {
    end_behavior: 'release',
    proration_behavior: 'none',
    phases: [
      {
        start_date: item.current_period_start,
        end_date: periodEnd(subscription),
        items: [{ price: item.price.id, quantity: item.quantity }],
        proration_behavior: 'none',
      },
      {
        items: [{ price: offered.price.id, quantity }],
        proration_behavior: 'none',
      },
    ],
  });
}
