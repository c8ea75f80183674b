import type { Context } from './context';
import type { StoredEvent } from './event';
import { newId } from './ids';

/** An event of the second API: what happened to what, without what that looked like. */
export interface ThinEvent {
  id: string;
  object: 'v2.core.event';
  changes?: { before: Record<string, unknown>; after: Record<string, unknown> };
  /** The connected account that it is of; null for the emulator's own. */
  context: string | null;
  /** As `2027-01-01T00:00:00.000Z`. */
  created: string;
  data?: unknown;
  livemode: boolean;
  reason: { type: 'request'; request: { id: string; idempotency_key: string } } | null;
  related_object: { id: string; type: string; url: string } | null;
  snapshot_event?: string;
  type: string;
}

/** Objects that cannot be retrieved; the others are under `/v1/`, by the plurals of their names. */
const NOWHERE: ReadonlySet<string> = new Set(['billing_portal.session', 'discount']);

/** The thin event that stands beside an event of the first API. */
export function thinEventOf(ctx: Context, event: StoredEvent): ThinEvent {
  const { object, previous_attributes: before } = event.data;
  return {
    id: thinIdOf(event),
    object: 'v2.core.event',
    ...(before && { changes: { before, after: only(object, Object.keys(before)) } }),
    ...partsOf(ctx, event.created),
    livemode: event.livemode,
    reason: reasonOf(event.request),
    related_object: relatedTo(object),
    snapshot_event: event.id,
    type: `v1.${event.type}`,
  };
}

/** A thin event that has none beside it in the first API. */
export function newThinEvent(
  ctx: Context,
  event: Pick<ThinEvent, 'data' | 'related_object' | 'type'>,
): ThinEvent {
  return {
    id: newId(thinPrefix(ctx.livemode)),
    object: 'v2.core.event',
    ...partsOf(ctx, ctx.now),
    livemode: ctx.livemode,
    reason: reasonOf(ctx.request),
    ...event,
  };
}

/** What is delivered of it: the rest is fetched. */
export function notificationOf({ data: _data, changes: _changes, ...shown }: ThinEvent) {
  return shown;
}

/** The event of the first API that a thin one stands beside, by its id. */
export function snapshotIdOf(thinId: string): string {
  return thinId.replace(/^evt_(test|live)_/, 'evt_');
}

function thinIdOf({ id, livemode }: StoredEvent): string {
  return id.replace(/^evt_/, `${thinPrefix(livemode)}_`);
}

function thinPrefix(livemode: boolean): string {
  return livemode ? 'evt_live' : 'evt_test';
}

function partsOf(ctx: Context, created: number) {
  const context = ctx.accountId === ctx.core.accountId ? null : ctx.accountId;
  return { context, created: isoTime(created) };
}

/** A time in Unix seconds as the second API writes it. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function reasonOf({ id, idempotency_key: key }: StoredEvent['request']): ThinEvent['reason'] {
  return id === null ? null : { type: 'request', request: { id, idempotency_key: key ?? '' } };
}

function relatedTo(object: object): ThinEvent['related_object'] {
  const id: unknown = Reflect.get(object, 'id');
  const type: unknown = Reflect.get(object, 'object');
  if (typeof id !== 'string' || typeof type !== 'string') return null;
  if (NOWHERE.has(type)) return null;
  return { id, type, url: `/v1/${type.replace('.', '/')}s/${id}` };
}

function only(object: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, Reflect.get(object, name) ?? null]));
}
