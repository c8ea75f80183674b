import type { Context } from '../core/context';
import { StripeError } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { keepSession } from '../core/meter-session';
import {
  array,
  type FieldOutputs,
  isoTimestamp,
  object,
  record,
  required,
  string,
} from '../core/params';
import { type Resource, route } from '../core/route';
import { isoTime } from '../core/thin-event';
import { cancelUsage } from '../engine/usage';
import { reportErrors, type UsageError } from '../engine/usage-errors';
import { takeReport } from '../engine/usage-reports';
import { meterEventName, usageAdjustmentFields } from './fields';

const right = 'billing_meter_event';

const SESSION_SECONDS = 15 * 60;

const eventFields = {
  event_name: meterEventName,
  identifier: string({ max: 100 }),
  payload: required(record(string({ max: 100 }))),
  timestamp: isoTimestamp(),
};

/** Usage as the second API takes it: one report at a time, or many that are checked later. */
export const meterEventsV2: Resource = {
  routes: [
    route('POST /v2/billing/meter_events', { right, params: eventFields }, (ctx, params) => {
      const { created, timestamp, ...taken } = takeReport(ctx, params);
      return {
        object: 'v2.billing.meter_event',
        ...taken,
        created: isoTime(created),
        livemode: ctx.livemode,
        timestamp: isoTime(timestamp),
      };
    }),
    route(
      'POST /v2/billing/meter_event_adjustments',
      {
        right: 'billing_meter_event_adjustment',
        params: usageAdjustmentFields,
      },
      (ctx, { cancel, event_name, type }) => {
        cancelUsage(ctx, event_name, cancel.identifier, 'cancel[identifier]');
        return {
          id: newId('mtrea'),
          object: 'v2.billing.meter_event_adjustment',
          cancel,
          created: isoTime(ctx.now),
          event_name,
          livemode: ctx.livemode,
          status: 'pending',
          type,
        };
      },
    ),
    route('POST /v2/billing/meter_event_session', { right, params: {} }, createSession),
    route(
      'POST /v2/billing/meter_event_stream',
      { right, params: { events: required(array(object(eventFields), { max: 100 })) } },
      takeStream,
    ),
  ],
};

/** The token is in this reply and in no other. */
function createSession(ctx: Context): object {
  const token = `mes_${ctx.mode}_${randomText(48)}`;
  const expires_at = ctx.core.clock.now() + SESSION_SECONDS;
  keepSession(ctx.core.store, token, { world: ctx.worldName, expires_at });
  return {
    id: newId('mes'),
    object: 'v2.billing.meter_event_session',
    authentication_token: token,
    created: isoTime(ctx.now),
    expires_at: isoTime(expires_at),
    livemode: ctx.livemode,
  };
}

/** What is wrong with a report is told of by an event; a report that came before is dropped. */
function takeStream(
  ctx: Context,
  { events }: { events: FieldOutputs<typeof eventFields>[] },
): object {
  const errors: UsageError[] = [];
  for (const report of events) {
    try {
      takeReport(ctx, report);
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      errors.push({ report, code: error.body.code ?? '', message: error.message });
    }
  }
  reportErrors(ctx, errors);
  return {};
}
