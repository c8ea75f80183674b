import type { Context } from '../core/context';
import type { SubscriptionSchedule } from './objects';
import { beginPhase, enterPhase } from './schedule-enter';
import { runPauses } from './schedule-pause-run';
import { changeSubscription } from './subscription-changes';
import { cancelSubscription } from './subscription-end';

/** The time of a schedule's next step has come. */
export function scheduleDue(ctx: Context, id: string): void {
  const schedule = ctx.find('subscription_schedule', id);
  if (!schedule) return;
  if (schedule.status === 'not_started') startSchedule(ctx, id);
  else if (schedule.subscription) runSchedule(ctx, schedule.subscription);
}

/** Begins the subscription of a planned schedule when its first phase has begun. */
export function startSchedule(ctx: Context, id: string): void {
  const schedule = ctx.get('subscription_schedule', id);
  const [phase] = schedule.phases;
  if (schedule.status !== 'not_started' || !phase || phase.start_date > ctx.now) return;
  const subscription = beginPhase(ctx, schedule, phase);
  const active = ctx.update(
    'subscription_schedule',
    id,
    {
      current_phase: { end_date: phase.end_date, start_date: phase.start_date },
      status: 'active',
      subscription: subscription.id,
    },
    'subscription_schedule.updated',
  );
  changeSubscription(ctx, subscription.id, { schedule: id });
  scheduleNext(ctx, active);
}

/** Does what a subscription's schedule has planned up to now: pauses, the next phase, its end. */
export function runSchedule(ctx: Context, subscriptionId: string): void {
  const subscription = ctx.get('subscription', subscriptionId);
  const schedule = subscription.schedule
    ? ctx.find('subscription_schedule', subscription.schedule)
    : undefined;
  if (schedule?.status !== 'active') return;
  runPauses(ctx, schedule, subscription);
  const present = ctx.get('subscription_schedule', schedule.id);
  const isPhaseOver = present.current_phase !== null && present.current_phase.end_date <= ctx.now;
  if (isPhaseOver && ctx.get('subscription', subscriptionId).status !== 'paused') {
    nextPhase(ctx, present);
  }
  scheduleNext(ctx, ctx.get('subscription_schedule', schedule.id));
}

/** Puts a schedule's next step on the agenda. */
export function scheduleNext(ctx: Context, schedule: SubscriptionSchedule): void {
  ctx.schedule('subscription_schedule.due', schedule.id, nextTime(ctx, schedule));
}

function nextTime(ctx: Context, schedule: SubscriptionSchedule): number | null {
  if (schedule.status === 'not_started') return schedule.phases[0]?.start_date ?? null;
  if (schedule.status !== 'active') return null;
  const pauses = schedule.pause_schedules.flatMap(({ pause, resume }) => [
    ...(pause.status.type === 'scheduled' ? [pause.pause_at] : []),
    ...(resume?.status.type === 'scheduled' ? [resume.resume_at] : []),
  ]);
  const times = [...pauses, schedule.current_phase?.end_date ?? 0].filter((time) => time > ctx.now);
  return times.length > 0 ? Math.min(...times) : null;
}

function nextPhase(ctx: Context, schedule: SubscriptionSchedule): void {
  const place = schedule.phases.findIndex(
    (phase) => phase.start_date === schedule.current_phase?.start_date,
  );
  const phase = schedule.phases[place + 1];
  if (!phase || !schedule.subscription) {
    endSchedule(ctx, schedule);
    return;
  }
  ctx.update(
    'subscription_schedule',
    schedule.id,
    { current_phase: { end_date: phase.end_date, start_date: phase.start_date } },
    'subscription_schedule.updated',
  );
  enterPhase(ctx, schedule, phase);
}

function endSchedule(ctx: Context, schedule: SubscriptionSchedule): void {
  const { subscription } = schedule;
  if (schedule.end_behavior === 'cancel') {
    const completed = ctx.update('subscription_schedule', schedule.id, {
      completed_at: ctx.now,
      current_phase: null,
      status: 'completed',
    });
    ctx.emit('subscription_schedule.completed', completed);
    if (subscription) cancelSubscription(ctx, subscription);
    return;
  }
  const released = ctx.update('subscription_schedule', schedule.id, {
    current_phase: null,
    released_at: ctx.now,
    released_subscription: subscription,
    status: 'released',
    subscription: null,
  });
  ctx.emit('subscription_schedule.released', released);
  if (subscription) changeSubscription(ctx, subscription, { schedule: null });
}
