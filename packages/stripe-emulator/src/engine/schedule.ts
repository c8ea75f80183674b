import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { Customer, Subscription, SubscriptionSchedule } from './objects';
import { enterPhase } from './schedule-enter';
import type { ScheduleInput } from './schedule-input';
import { newSchedule } from './schedule-object';
import { pauseScheduleOf } from './schedule-pauses';
import { currentPhaseOf, type Phase } from './schedule-phase-object';
import { type PhaseInput, phasesOf } from './schedule-phases';
import { runSchedule, scheduleNext, startSchedule } from './schedule-run';
import { changedSettings } from './schedule-settings';
import { changeSubscription } from './subscription-changes';
import { billingModeOf } from './subscription-fields';
import type { SubscriptionInput } from './subscription-input';

/** Puts a running subscription under a schedule whose first phase is the period it is in. */
export function scheduleSubscription(
  ctx: Context,
  subscription: Subscription,
  input: ScheduleInput,
): SubscriptionSchedule {
  if (subscription.schedule) {
    throw invalidRequest(
      `You cannot migrate a subscription that is already attached to a schedule: ${subscription.schedule}`,
      'from_subscription',
    );
  }
  const phase = currentPhaseOf(subscription);
  const schedule = newSchedule(ctx, {
    billingMode: subscription.billing_mode,
    customer: ctx.get('customer', subscription.customer),
    input,
    phases: [phase],
    subscription,
  });
  ctx.insert('subscription_schedule', schedule, 'subscription_schedule.created');
  changeSubscription(ctx, subscription.id, { schedule: schedule.id });
  scheduleNext(ctx, schedule);
  runSchedule(ctx, subscription.id);
  return ctx.get('subscription_schedule', schedule.id);
}

/** Plans a subscription of a customer that begins with the first phase. */
export function createSchedule(
  ctx: Context,
  customer: Customer,
  input: ScheduleInput & Pick<SubscriptionInput, 'billing_mode'> & { start_date?: number | 'now' },
): SubscriptionSchedule {
  const start = typeof input.start_date === 'number' ? input.start_date : ctx.now;
  const phases = phasesOf(ctx, input.phases ?? [], start, customer);
  if (phases.length === 0) {
    throw invalidRequest('Missing required param: phases.', 'phases', 'parameter_missing');
  }
  const billingMode = billingModeOf(input);
  const schedule = newSchedule(ctx, { billingMode, customer, input, phases });
  ctx.insert('subscription_schedule', schedule, 'subscription_schedule.created');
  scheduleNext(ctx, schedule);
  startSchedule(ctx, schedule.id);
  return ctx.get('subscription_schedule', schedule.id);
}

/** Changes a schedule; new phases replace all that have not begun. @throws StripeError */
export function updateSchedule(
  ctx: Context,
  id: string,
  input: ScheduleInput & Pick<PhaseInput, 'proration_behavior'>,
): SubscriptionSchedule {
  const schedule = running(ctx, id);
  const customer = ctx.get('customer', schedule.customer);
  const start = schedule.current_phase?.start_date ?? schedule.phases[0]?.start_date ?? ctx.now;
  const changed = ctx.update(
    'subscription_schedule',
    id,
    {
      ...(input.end_behavior ? { end_behavior: input.end_behavior } : {}),
      metadata: mergeMetadata(schedule.metadata ?? {}, input.metadata),
      ...(input.default_settings && {
        default_settings: changedSettings(
          ctx,
          schedule.default_settings,
          customer,
          input.default_settings,
        ),
      }),
      ...(input.phases
        ? withPhases(ctx, schedule, phasesOf(ctx, input.phases, start, customer))
        : {}),
      ...(input.pause_schedules === undefined
        ? {}
        : { pause_schedules: (input.pause_schedules ?? []).map((p) => pauseScheduleOf(ctx, p)) }),
    },
    'subscription_schedule.updated',
  );
  scheduleNext(ctx, changed);
  const phase = changedPhase(ctx, schedule, changed);
  if (phase) enterPhase(ctx, changed, phase, input.proration_behavior);
  if (changed.subscription) runSchedule(ctx, changed.subscription);
  return ctx.get('subscription_schedule', id);
}

/** Lets go of the subscription, which goes on as it is. @throws StripeError when it is over */
export function releaseRunningSchedule(ctx: Context, id: string): SubscriptionSchedule {
  const schedule = running(ctx, id);
  const released = ctx.update('subscription_schedule', id, {
    current_phase: null,
    released_at: ctx.now,
    released_subscription: schedule.subscription,
    status: 'released',
    subscription: null,
  });
  ctx.schedule('subscription_schedule.due', id, null);
  if (schedule.subscription) changeSubscription(ctx, schedule.subscription, { schedule: null });
  ctx.emit('subscription_schedule.released', released);
  return released;
}

/** @throws StripeError for a schedule that is over */
export function running(ctx: Context, id: string): SubscriptionSchedule {
  const schedule = ctx.get('subscription_schedule', id);
  if (schedule.status === 'active' || schedule.status === 'not_started') return schedule;
  throw invalidRequest(
    `You cannot change a subscription schedule with the status \`${schedule.status}\`.`,
  );
}

/** The running phase, when a change of the schedule gave it other items. */
function changedPhase(
  ctx: Context,
  { current_phase: former }: SubscriptionSchedule,
  { phases, subscription }: SubscriptionSchedule,
): Phase | undefined {
  const phase = phases.find(({ start_date }) => start_date === former?.start_date);
  if (!phase || !subscription) return undefined;
  const asked = phase.items.map(({ price, quantity }) => `${price} ${quantity}`);
  const held = ctx
    .get('subscription', subscription)
    .items.data.map(({ price, quantity }) => `${price.id} ${quantity}`);
  return asked.sort().join() === held.sort().join() ? undefined : phase;
}

function withPhases(ctx: Context, schedule: SubscriptionSchedule, phases: Phase[]) {
  const current = phases.find((phase) => phase.start_date <= ctx.now && phase.end_date > ctx.now);
  if (schedule.status === 'active' && !current) {
    throw invalidRequest(
      'You must include the current phase when you update the phases of a schedule that is active.',
      'phases',
    );
  }
  return {
    phases,
    ...(current && schedule.status === 'active'
      ? { current_phase: { end_date: current.end_date, start_date: current.start_date } }
      : {}),
  };
}
