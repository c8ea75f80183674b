import type { Context } from '../core/context';
import { destinations } from '../core/destinations';
import { invalidRequest } from '../core/errors';
import { array, refine, type Schema, string } from '../core/params';
import { API_VERSION, hasEvent } from '../core/surface';

const MOST_DESTINATIONS = 16;

/** What only the second API tells of. */
const THIN_ONLY: ReadonlySet<string> = new Set([
  'v1.billing.meter.error_report_triggered',
  'v1.billing.meter.no_meter_found',
  'v2.core.event_destination.ping',
]);

/** The types of events a destination asks for; `*` is all of them and stands alone. */
export function eventTypes(): Schema<string[]> {
  return refine(array(string(), { max: 400 }), (types, path) => {
    if (types.length === 0) throw invalidRequest('You must enable at least one event.', path);
    const all = types.indexOf('*');
    if (types.length === 1 || all < 0) return types;
    throw invalidRequest(
      'The `*` event stands for all events and cannot be listed with others.',
      `${path}[${all}]`,
    );
  });
}

/**
 * Refuses types of events that are not sent.
 * @param version the API version of the events, or `thin`
 * @throws StripeError
 */
export function checkEvents(types: readonly string[], version: string): void {
  for (const [at, type] of types.entries()) {
    if (type === '*') continue;
    if (version === 'thin' ? isThin(type) : hasEvent(version, type)) continue;
    const name = `enabled_events[${at}]`;
    throw invalidRequest(
      version === 'thin'
        ? `Invalid ${name}: ${type} is not a thin event that the emulator sends.`
        : `Invalid ${name}: ${type} is not an event this version can send.`,
      name,
    );
  }
}

/** @throws StripeError when an account has as many webhook endpoints and destinations as it can */
export function refuseTooMany(ctx: Context): void {
  if (destinations(ctx).length < MOST_DESTINATIONS) return;
  throw invalidRequest(`You have reached the maximum of ${MOST_DESTINATIONS} webhook endpoints.`);
}

function isThin(type: string): boolean {
  return (
    THIN_ONLY.has(type) ||
    (type.startsWith('v1.') && hasEvent(API_VERSION, type.slice('v1.'.length)))
  );
}
