import type { Context } from '../core/context';
import type { Subscription, SubscriptionSchedule } from './objects';
import type { PauseSchedule } from './schedule-pauses';
import { changeSilently } from './subscription-changes';
import { pauseSubscription } from './subscription-pause';
import { resumeSubscription } from './subscription-resume';

/** Does the pauses and resumptions of a schedule that are due by now. */
export function runPauses(
  ctx: Context,
  schedule: SubscriptionSchedule,
  subscription: Subscription,
): void {
  for (const plan of schedule.pause_schedules) {
    if (plan.pause.status.type === 'scheduled' && plan.pause.pause_at <= ctx.now) {
      unscheduled(ctx, subscription, () =>
        pauseSubscription(ctx, subscription.id, pauseInput(plan)),
      );
      mark(ctx, schedule.id, plan.key, 'pause');
    }
    if (plan.resume?.status.type === 'scheduled' && plan.resume.resume_at <= ctx.now) {
      const isPaused = ctx.get('subscription', subscription.id).status === 'paused';
      if (isPaused) resumeSubscription(ctx, subscription.id, resumeInput(plan));
      mark(ctx, schedule.id, plan.key, 'resume');
    }
  }
}

/** Only a schedule itself may pause a subscription that has one. */
function unscheduled(ctx: Context, subscription: Subscription, work: () => void): void {
  changeSilently(ctx, subscription.id, { schedule: null });
  work();
  changeSilently(ctx, subscription.id, { schedule: subscription.schedule });
}

function mark(ctx: Context, id: string, key: string, step: 'pause' | 'resume'): void {
  const schedule = ctx.get('subscription_schedule', id);
  const done = { type: 'succeeded' as const };
  const plans = schedule.pause_schedules.map((plan) => {
    if (plan.key !== key) return plan;
    if (step === 'pause') return { ...plan, pause: { ...plan.pause, status: done } };
    return { ...plan, resume: plan.resume && { ...plan.resume, status: done } };
  });
  ctx.update(
    'subscription_schedule',
    id,
    { pause_schedules: plans },
    'subscription_schedule.updated',
  );
}

function pauseInput({ pause }: PauseSchedule) {
  const { outstanding_usage_through: through, unused_time_from: from } =
    pause.settings?.bill_for ?? {};
  return {
    bill_for: {
      outstanding_usage_through: { type: through?.type === 'none' ? 'none' : 'now' },
      unused_time_from: {
        type: from === undefined || from.type === 'pause_at' ? 'now' : from.type,
      },
    },
    invoicing_behavior: pause.settings?.invoicing_behavior,
  } as const;
}

function resumeInput({ resume }: PauseSchedule) {
  const anchor = resume?.settings.billing_cycle_anchor === 'unchanged' ? 'unchanged' : 'now';
  return {
    billing_cycle_anchor: { type: anchor },
    payment_behavior: resume?.settings.payment_behavior,
    proration_behavior: resume?.settings.proration_behavior,
  } as const;
}
