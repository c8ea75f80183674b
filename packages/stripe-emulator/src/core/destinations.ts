import type { Context } from './context';
import { hasEvent } from './surface';
import type { Stored } from './tables';

/** Where events are sent: a webhook endpoint, or an event destination of the second API. */
export interface Destination {
  id: string;
  url: string;
  isEnabled: boolean;
  /** The API version of its events; null is the account's. */
  version: string | null;
  /** It is sent what happened to what, not what that looked like. */
  isThin: boolean;
  /** The types of events it is sent; `*` is all of them. */
  events: readonly string[];
}

export function destinations(ctx: Context): Destination[] {
  return [
    ...[...ctx.world.webhook_endpoint.walk()].map(fromEndpoint),
    ...[...ctx.world['v2.core.event_destination'].walk()].map(fromDestination),
  ];
}

export function destination(ctx: Context, id: string): Destination | undefined {
  const endpoint = ctx.find('webhook_endpoint', id);
  if (endpoint) return fromEndpoint(endpoint);
  const found = ctx.find('v2.core.event_destination', id);
  return found && fromDestination(found);
}

/** Whether events of a type are sent there; the type as in the first API, without `v1.`. */
export function wants(ctx: Context, to: Destination, type: string): boolean {
  if (!to.isEnabled) return false;
  if (to.isThin) return to.events.includes('*') || to.events.includes(`v1.${type}`);
  if (!hasEvent(to.version ?? ctx.core.apiVersion, type)) return false;
  return to.events.includes('*') || to.events.includes(type);
}

function fromEndpoint(endpoint: Stored<'webhook_endpoint'>): Destination {
  return {
    id: endpoint.id,
    url: endpoint.url,
    isEnabled: endpoint.status === 'enabled',
    version: endpoint.api_version,
    isThin: false,
    events: endpoint.enabled_events,
  };
}

function fromDestination(found: Stored<'v2.core.event_destination'>): Destination {
  return {
    id: found.id,
    url: found.webhook_endpoint?.url ?? '',
    isEnabled: found.status === 'enabled',
    version: found.snapshot_api_version ?? null,
    isThin: found.event_payload === 'thin',
    events: found.enabled_events,
  };
}
