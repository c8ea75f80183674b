import type { Context } from '../core/context';
import type { Subscription } from './objects';

/** Lets go of a subscription's schedule: nothing of it will happen any more. */
export function releaseSchedule(ctx: Context, subscription: Pick<Subscription, 'schedule'>): void {
  const schedule =
    subscription.schedule && ctx.find('subscription_schedule', subscription.schedule);
  if (!schedule || (schedule.status !== 'active' && schedule.status !== 'not_started')) return;
  ctx.schedule('subscription_schedule.due', schedule.id, null);
  const canceled = ctx.update('subscription_schedule', schedule.id, {
    canceled_at: ctx.now,
    current_phase: null,
    status: 'canceled',
  });
  ctx.emit('subscription_schedule.canceled', canceled);
}
