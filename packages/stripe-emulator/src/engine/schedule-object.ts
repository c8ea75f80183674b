import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { mergeMetadata } from '../core/metadata';
import type { Customer, Subscription, SubscriptionSchedule } from './objects';
import type { ScheduleInput } from './schedule-input';
import { pauseScheduleOf } from './schedule-pauses';
import type { Phase } from './schedule-phase-object';
import { changedSettings, newDefaultSettings } from './schedule-settings';

/** A schedule, complete to the last field; with a subscription it runs, without it waits to begin. */
export function newSchedule(
  ctx: Context,
  seed: {
    billingMode: SubscriptionSchedule['billing_mode'];
    customer: Customer;
    input: ScheduleInput;
    phases: Phase[];
    subscription?: Subscription;
  },
): SubscriptionSchedule {
  const [first] = seed.phases;
  const { subscription } = seed;
  return {
    id: newId('sub_sched'),
    object: 'subscription_schedule',
    application: null,
    billing_mode: seed.billingMode,
    canceled_at: null,
    completed_at: null,
    created: ctx.now,
    current_phase:
      subscription && first ? { end_date: first.end_date, start_date: first.start_date } : null,
    customer: seed.customer.id,
    customer_account: seed.customer.customer_account ?? null,
    default_settings: changedSettings(
      ctx,
      newDefaultSettings(subscription),
      seed.customer,
      seed.input.default_settings,
    ),
    end_behavior: seed.input.end_behavior ?? 'release',
    livemode: ctx.livemode,
    metadata: mergeMetadata({}, seed.input.metadata),
    pause_schedules: (seed.input.pause_schedules ?? []).map((pause) => pauseScheduleOf(ctx, pause)),
    phases: seed.phases,
    released_at: null,
    released_subscription: null,
    status: subscription ? 'active' : 'not_started',
    subscription: subscription?.id ?? null,
    test_clock: seed.customer.test_clock ?? null,
  };
}
