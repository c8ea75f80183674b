import type { Period } from '../core/calendar';
import { invalidRequest } from '../core/errors';
import { pageOf, paging } from '../core/list';
import { id, oneOf, required, timestamp } from '../core/params';
import { type Resource, route } from '../core/route';
import { usageIn } from '../engine/usage';

/** The seconds in a window, and how its bounds are called. */
const WINDOWS = { minute: 60, hour: 3600, day: 86_400 };

/** More windows than any honest request asks for: a year of hours. */
const MOST_WINDOWS = 366 * 24;

/** What a customer has used, added up over a time or each hour or day of it. */
export const billingMeterSummaries: Resource = {
  routes: [
    route(
      'GET /v1/billing/meters/:id/event_summaries',
      {
        right: 'billing_meter_event_summary',
        params: {
          ...paging,
          customer: required(id()),
          end_time: required(timestamp()),
          start_time: required(timestamp()),
          value_grouping_window: oneOf(['day', 'hour']),
        },
      },
      (ctx, params, path) => {
        const meter = ctx.get('billing.meter', path.id);
        const customer = ctx.get('customer', params.customer, 'customer');
        const { end_time: end, start_time: start, value_grouping_window: window } = params;
        refuseUneven('start_time', start, window);
        refuseUneven('end_time', end, window);
        if (start >= end) {
          throw invalidRequest('`start_time` must be before `end_time`.', 'start_time');
        }
        const summaries = windowsOf({ start, end }, window).map((time) => ({
          // The same summary has the same id, so that lists can be paged through.
          id: `mtrusg_${meter.id.slice(4)}${customer.id.slice(4)}${time.start}`,
          object: 'billing.meter_event_summary',
          aggregated_value: usageIn(ctx, meter, customer.id, time),
          end_time: time.end,
          livemode: ctx.livemode,
          meter: meter.id,
          start_time: time.start,
        }));
        const url = `/v1/billing/meters/${meter.id}/event_summaries`;
        return pageOf(summaries.reverse(), 'meter event summary', params, url);
      },
    ),
  ],
};

function windowsOf(whole: Period, window: 'day' | 'hour' | undefined): Period[] {
  if (!window) return [whole];
  const length = WINDOWS[window];
  const count = (whole.end - whole.start) / length;
  if (count > MOST_WINDOWS) {
    throw invalidRequest(`The time range has more than ${MOST_WINDOWS} windows.`, 'end_time');
  }
  return Array.from({ length: count }, (_none, at) => ({
    start: whole.start + at * length,
    end: whole.start + (at + 1) * length,
  }));
}

function refuseUneven(name: string, time: number, window: 'day' | 'hour' | undefined): void {
  const unit = window ?? 'minute';
  if (time % WINDOWS[unit] === 0) return;
  throw invalidRequest(`\`${name}\` must be aligned with ${unit} boundaries.`, name);
}
