import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import { invalidRequest, missing, StripeError } from '../core/errors';
import { newId } from '../core/ids';
import { type UsageEvent, usageKey } from '../core/usage-event';
import { addDecimals } from './money';
import type { Customer, Meter } from './objects';

/** What a report says. */
export interface UsageReport {
  event_name: string;
  identifier?: string;
  payload: Record<string, string>;
  timestamp?: number;
}

/** A report as it was taken, with what was left out of it filled in. */
export interface TakenReport extends UsageReport {
  created: number;
  identifier: string;
  timestamp: number;
}

const DAY = 86_400;
const OLDEST_DAYS = 35;
const FUTURE_SECONDS = 300;
const MOST_DIGITS = 15;

/**
 * Takes a report of usage.
 *
 * @throws StripeError for a meter or customer that is not there, a value that is no number, a time that
 *   is too far away, and an identifier that was used in the last day
 */
export function reportUsage(
  ctx: Context,
  report: UsageReport,
): { customer: Customer; meter: Meter; taken: TakenReport } {
  const meter = activeMeter(ctx, report.event_name);
  const customer = customerIn(ctx, meter, report.payload);
  const at = ctx.onClockOf(customer);
  const timestamp = report.timestamp ?? at.now;
  refuseTime(timestamp, at.now);
  const identifier = report.identifier ?? newId('mtrev');
  for (const other of ctx.by('_usage', 'identifier', identifier)) {
    if (other.received + DAY <= at.now) continue;
    throw invalidRequest(
      `An event already exists with identifier ${identifier}.`,
      'identifier',
      'duplicate_meter_event',
    );
  }
  const value = valueIn(meter, report.payload);
  ctx.world._usage.put({
    id: newId('mtrev'),
    identifier,
    meter: meter.id,
    customer: customer.id,
    value,
    timestamp,
    received: at.now,
    seen: Date.now(),
  });
  const taken = { ...report, created: at.now, identifier, timestamp };
  return { customer, meter, taken };
}

/** Takes back a report of the last day. @throws StripeError when there is none */
export function cancelUsage(ctx: Context, name: string, identifier: string, param: string): void {
  const meter = activeMeter(ctx, name);
  for (const event of ctx.by('_usage', 'identifier', identifier)) {
    const { now } = ctx.onClockOf(ctx.find('customer', event.customer));
    if (event.meter !== meter.id || event.received + DAY <= now) continue;
    ctx.world._usage.delete(event.id);
    return;
  }
  throw missing('meter event', identifier, param);
}

/** What a customer has used in a time (its end is not part of it), as the meter adds it up. */
export function usageIn(ctx: Context, meter: Meter, customer: string, time: Period): number {
  const events = usageEvents(ctx, meter.id, customer).filter(
    ({ timestamp }) => timestamp >= time.start && timestamp < time.end,
  );
  return addUp(meter, events);
}

/** All that a customer has used of a meter, in the order it was reported. */
export function usageEvents(ctx: Context, meter: string, customer: string): UsageEvent[] {
  return [...ctx.world._usage.walk('oldest', { by: ['of', usageKey(meter, customer)] })];
}

/** What some usage comes to by a meter's formula. */
export function addUp(meter: Meter, events: readonly UsageEvent[]): number {
  switch (meter.default_aggregation.formula) {
    case 'count':
      return events.length;
    case 'last':
      return Number(latest(events)?.value ?? 0);
    default:
      return addDecimals(events.map(({ value }) => value));
  }
}

/** Of two at the same time, the one that was reported later. */
function latest(events: readonly UsageEvent[]): UsageEvent | undefined {
  return events.reduce<UsageEvent | undefined>(
    (last, event) => (last && last.timestamp > event.timestamp ? last : event),
    undefined,
  );
}

/** The meter that listens to events of a name. @throws StripeError */
function activeMeter(ctx: Context, name: string): Meter {
  const named = [...ctx.by('billing.meter', 'event_name', name)];
  const active = named.find(({ status }) => status === 'active');
  if (active) return active;
  throw new StripeError(named.length > 0 ? 400 : 404, {
    type: 'invalid_request_error',
    code: named.length > 0 ? 'archived_meter' : 'no_meter',
    message: `No active meter found for event name: ${name}.`,
    param: 'event_name',
  });
}

function customerIn(ctx: Context, meter: Meter, payload: UsageReport['payload']): Customer {
  const key = meter.customer_mapping.event_payload_key;
  const id = payload[key];
  const param = `payload[${key}]`;
  if (id === undefined) {
    throw invalidRequest(
      `The payload names no customer: it must have \`${key}\`.`,
      param,
      'meter_event_no_customer_defined',
    );
  }
  const customer = ctx.find('customer', id);
  if (customer) return customer;
  throw invalidRequest(`No such customer: '${id}'`, param, 'meter_event_customer_not_found');
}

function valueIn(meter: Meter, payload: UsageReport['payload']): string {
  const key = meter.value_settings.event_payload_key;
  const value = payload[key];
  if (meter.default_aggregation.formula === 'count') return value ?? '1';
  const param = `payload[${key}]`;
  if (value === undefined || !/^-?\d+(\.\d+)?$/.test(value)) {
    throw invalidRequest(
      `The value in the event payload must be a number. Received ${value ?? 'none'}.`,
      param,
      'meter_event_invalid_value',
    );
  }
  if (value.replace(/\D/g, '').replace(/^0+/, '').length > MOST_DIGITS) {
    throw invalidRequest(
      `The value in the event payload can have at most ${MOST_DIGITS} digits. Received ${value}.`,
      param,
      'meter_event_value_too_many_digits',
    );
  }
  return value;
}

function refuseTime(timestamp: number, now: number): void {
  if (timestamp < now - OLDEST_DAYS * DAY) {
    throw invalidRequest(
      `The timestamp must be within the past ${OLDEST_DAYS} days.`,
      'timestamp',
      'timestamp_too_far_in_past',
    );
  }
  if (timestamp > now + FUTURE_SECONDS) {
    throw invalidRequest(
      'The timestamp must be at most 5 minutes in the future.',
      'timestamp',
      'timestamp_in_future',
    );
  }
}
