import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { paging } from '../core/list';
import { id, required, string, timestamp } from '../core/params';
import { type Resource, route } from '../core/route';
import { advanceTestClock } from '../engine/test-clock';

const DAYS_KEPT = 30;
const right = 'test_clock';

export const testClocks: Resource = {
  routes: [
    route(
      'POST /v1/test_helpers/test_clocks',
      {
        right,
        params: { customer: id(), frozen_time: required(timestamp()), name: string({ max: 300 }) },
      },
      (ctx, params) => {
        if (ctx.livemode) throw invalidRequest('Test clocks are not available in live mode.');
        const clock = ctx.insert(
          'test_helpers.test_clock',
          {
            id: newId('clock'),
            object: 'test_helpers.test_clock',
            created: ctx.now,
            deletes_after: ctx.now + DAYS_KEPT * 86_400,
            frozen_time: params.frozen_time,
            livemode: false,
            name: params.name ?? null,
            status: 'ready',
            status_details: {},
          },
          'test_helpers.test_clock.created',
        );
        if (params.customer) attach(ctx, params.customer, clock.id);
        return clock;
      },
    ),
    route('GET /v1/test_helpers/test_clocks', { right, params: paging }, (ctx, params) =>
      ctx.list('test_helpers.test_clock', params, '/v1/test_helpers/test_clocks'),
    ),
    route('GET /v1/test_helpers/test_clocks/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('test_helpers.test_clock', path.id),
    ),
    route(
      'POST /v1/test_helpers/test_clocks/:id/advance',
      { right, params: { frozen_time: required(timestamp()) } },
      (ctx, params, path) => advanceTestClock(ctx, path.id, params.frozen_time),
    ),
    route('DELETE /v1/test_helpers/test_clocks/:id', { right, params: {} }, remove),
  ],
};

/** A customer without subscriptions may be put on a clock later; there is no way back. */
function attach(ctx: Context, customerId: string, clock: string): void {
  const customer = ctx.get('customer', customerId, 'customer');
  const [subscription] = ctx.by('subscription', 'customer', customerId);
  if (customer.test_clock || subscription) {
    throw invalidRequest(
      'Only a customer without a test clock and without subscriptions can be attached to a test clock.',
      'customer',
    );
  }
  ctx.update('customer', customerId, { test_clock: clock }, 'customer.updated');
}

/** A test clock takes its customers, and all they have, with it. */
function remove(ctx: Context, _params: unknown, path: { readonly id: string }) {
  const clock = ctx.get('test_helpers.test_clock', path.id);
  const own = ctx.onClock(clock.id);
  for (const customer of [...ctx.by('customer', 'test_clock', clock.id)]) {
    for (const subscription of [...ctx.by('subscription', 'customer', customer.id)]) {
      own.schedule('subscription.due', subscription.id, null);
      own.remove('subscription', subscription.id);
    }
    for (const invoice of [...ctx.by('invoice', 'customer', customer.id)]) {
      for (const kind of ['invoice.finalize', 'invoice.retry', 'invoice.overdue']) {
        own.schedule(kind, invoice.id, null);
      }
    }
    own.remove('customer', customer.id, 'customer.deleted');
  }
  return ctx.remove('test_helpers.test_clock', clock.id, 'test_helpers.test_clock.deleted');
}
