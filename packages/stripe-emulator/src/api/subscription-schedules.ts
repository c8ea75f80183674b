import type { Context } from '../core/context';
import { isWithin, paging, timeRange } from '../core/list';
import { boolean, exclusive, type FieldOutputs, id } from '../core/params';
import { type Resource, route } from '../core/route';
import {
  createSchedule,
  releaseRunningSchedule,
  running,
  scheduleSubscription,
  updateSchedule,
} from '../engine/schedule';
import { releaseSchedule } from '../engine/schedule-release';
import { scheduleDue } from '../engine/schedule-run';
import { cancelSubscription } from '../engine/subscription-end';
import { customerOf } from './customer-param';
import { billingMode, prorationBehavior } from './subscription-params';
import { moment, scheduleFields } from './subscription-schedule-params';

const right = 'subscription';
const createParams = {
  ...scheduleFields,
  billing_mode: billingMode,
  customer: id(),
  customer_account: id(),
  from_subscription: id(),
  start_date: moment,
};

export const subscriptionSchedules: Resource = {
  routes: [
    route('POST /v1/subscription_schedules', { right, params: createParams }, create),
    route(
      'GET /v1/subscription_schedules',
      {
        right,
        params: {
          ...paging,
          canceled_at: timeRange(),
          completed_at: timeRange(),
          created: timeRange(),
          customer: id(),
          customer_account: id(),
          released_at: timeRange(),
          scheduled: boolean(),
        },
      },
      (ctx, params) =>
        ctx.list('subscription_schedule', params, '/v1/subscription_schedules', {
          by: ['customer', params.customer],
          where: (schedule) =>
            isWithin(schedule.created, params.created) &&
            hasHappened(schedule.canceled_at, params.canceled_at) &&
            hasHappened(schedule.completed_at, params.completed_at) &&
            hasHappened(schedule.released_at, params.released_at) &&
            (!params.scheduled || schedule.status === 'not_started'),
        }),
    ),
    route('GET /v1/subscription_schedules/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('subscription_schedule', path.id),
    ),
    route(
      'POST /v1/subscription_schedules/:id',
      { right, params: { ...scheduleFields, proration_behavior: prorationBehavior } },
      (ctx, params, path) => updateSchedule(onClock(ctx, path.id), path.id, params),
    ),
    route(
      'POST /v1/subscription_schedules/:id/release',
      { right, params: {} },
      (ctx, _params, path) => releaseRunningSchedule(onClock(ctx, path.id), path.id),
    ),
    route(
      'POST /v1/subscription_schedules/:id/cancel',
      { right, params: { invoice_now: boolean(), prorate: boolean() } },
      (request, params, path) => {
        const ctx = onClock(request, path.id);
        const schedule = running(ctx, path.id);
        if (schedule.subscription) {
          const { invoice_now: invoiceNow, prorate } = params;
          cancelSubscription(ctx, schedule.subscription, { invoiceNow, prorate });
        } else {
          releaseSchedule(ctx, { schedule: path.id });
        }
        return ctx.get('subscription_schedule', path.id);
      },
    ),
  ],
  expansions: {
    subscription_schedule: {
      customer: 'customer',
      'phases.items.price': 'price',
      released_subscription: 'subscription',
      subscription: 'subscription',
      test_clock: 'test_helpers.test_clock',
    },
  },
  due: { 'subscription_schedule.due': scheduleDue },
};

function create(request: Context, params: FieldOutputs<typeof createParams>) {
  exclusive(params, 'from_subscription', 'customer');
  exclusive(params, 'from_subscription', 'phases');
  if (params.from_subscription) {
    const subscription = request.get('subscription', params.from_subscription, 'from_subscription');
    return scheduleSubscription(request.onClock(subscription.test_clock), subscription, params);
  }
  const customer = customerOf(request, params);
  return createSchedule(request.onClockOf(customer), customer, params);
}

function onClock(ctx: Context, schedule: string): Context {
  return ctx.onClock(ctx.get('subscription_schedule', schedule).test_clock);
}

function hasHappened(time: number | null, range: Parameters<typeof isWithin>[1]): boolean {
  return range === undefined || (time !== null && isWithin(time, range));
}
