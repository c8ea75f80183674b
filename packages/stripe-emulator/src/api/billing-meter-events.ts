import { record, required, string, timestamp } from '../core/params';
import { type Resource, route } from '../core/route';
import { cancelUsage } from '../engine/usage';
import { takeReport } from '../engine/usage-reports';
import { meterEventName, usageAdjustmentFields } from './fields';

const right = 'billing_meter_event';

/** Usage as it is reported, and taken back. */
export const billingMeterEvents: Resource = {
  routes: [
    route(
      'POST /v1/billing/meter_events',
      {
        right,
        params: {
          event_name: meterEventName,
          identifier: string({ max: 100 }),
          payload: required(record(string({ max: 100 }))),
          timestamp: timestamp(),
        },
      },
      (ctx, params) => ({
        object: 'billing.meter_event',
        ...takeReport(ctx, params),
        livemode: ctx.livemode,
      }),
    ),
    route(
      'POST /v1/billing/meter_event_adjustments',
      {
        right: 'billing_meter_event_adjustment',
        params: usageAdjustmentFields,
      },
      (ctx, { cancel, event_name, type }) => {
        cancelUsage(ctx, event_name, cancel.identifier, 'cancel[identifier]');
        return {
          object: 'billing.meter_event_adjustment',
          cancel,
          event_name,
          livemode: ctx.livemode,
          status: 'pending',
          type,
        };
      },
    ),
  ],
};
