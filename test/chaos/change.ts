import { z } from 'zod';
import { intervals, paidPlans } from '@/lib/billing/plans';
import type { Scene } from './live';
import type { Place } from './world';

/** What somebody can change to. */
export const choices = paidPlans.flatMap((plan) =>
  intervals.flatMap((interval) =>
    (plan.seats ? ['1', '3', '5'] : ['1']).map((seats) => ({ plan: plan.name, interval, seats })),
  ),
);

const reply = z.object({ dueNow: z.number() }).nullable();

/**
 * Has an instance preview a change of plan and make it at once. When what is charged is not what the preview
 * said, that is a problem of the scene.
 */
export async function changePlan(
  { world, problems }: Scene,
  { seat }: Place,
  customer: string,
  asked: URLSearchParams,
): Promise<void> {
  const answer = await seat.ask(`/change?customer=${customer}&${asked}`);
  const done = answer?.ok ? reply.parse(await answer.json()) : null;
  if (!done?.dueNow) return;
  const { dueNow } = done;
  // Others may have come since: the answer of an instance can be held up.
  const charged = world.stripe.run('test', (ctx) =>
    [...ctx.by('invoice', 'customer', customer)].flatMap((invoice) =>
      invoice.billing_reason === 'subscription_update' ? [invoice.amount_due] : [],
    ),
  );
  // Nothing is charged when they turn out to have what they asked for.
  if (charged.length === 0 || charged.includes(dueNow)) return;
  problems.push(`A preview said ${dueNow}, and the change is charged at ${charged.join(', ')}.`);
}
