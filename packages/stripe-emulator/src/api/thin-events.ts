import type { Context } from '../core/context';
import type { StoredEvent } from '../core/event';
import { isWithin } from '../core/list';
import { pageV2, pagingV2 } from '../core/list-v2';
import { array, either, id, isoTimestamp, object, string, timestamp } from '../core/params';
import { type Resource, route } from '../core/route';
import { snapshotIdOf, type ThinEvent, thinEventOf } from '../core/thin-event';

const right = 'event';

/** The SDK's types say Unix seconds here, the documentation a date. */
const time = either(timestamp(), isoTimestamp());
const created = object({ gt: time, gte: time, lt: time, lte: time });

/** The events of the second API: each one of the first, and those that only the second has. */
export const thinEvents: Resource = {
  routes: [
    route(
      'GET /v2/core/events',
      {
        right,
        params: { ...pagingV2, created, object_id: id(), types: array(string(), { max: 20 }) },
      },
      (ctx, params) => {
        const { created: range, object_id: about, types } = params;
        const found = allEvents(ctx).filter(
          (event) =>
            isWithin(timeOf(event), range) &&
            (types === undefined || types.includes(typeOf(event))) &&
            (about === undefined || thin(ctx, event).related_object?.id === about),
        );
        const page = pageV2(found, params, '/v2/core/events', queryOf(params));
        return { ...page, data: page.data.map((event) => thin(ctx, event)) };
      },
    ),
    route('GET /v2/core/events/:id', { right, params: {} }, (ctx, _params, path) => {
      const event = ctx.find('v2.core.event', path.id) ?? ctx.find('event', snapshotIdOf(path.id));
      const isNamed = event && thin(ctx, event).id === path.id;
      return isNamed ? thin(ctx, event) : ctx.get('v2.core.event', path.id);
    }),
  ],
};

/** The newest first. */
function allEvents(ctx: Context): (StoredEvent | ThinEvent)[] {
  const own = [...ctx.world['v2.core.event'].walk()];
  const all = [...ctx.world.event.walk()];
  return own.length === 0 ? all : [...own, ...all].sort((a, b) => timeOf(b) - timeOf(a));
}

function thin(ctx: Context, event: StoredEvent | ThinEvent): ThinEvent {
  return event.object === 'event' ? thinEventOf(ctx, event) : event;
}

function typeOf(event: StoredEvent | ThinEvent): string {
  return event.object === 'event' ? `v1.${event.type}` : event.type;
}

/** Unix seconds. */
function timeOf({ created: at }: StoredEvent | ThinEvent): number {
  return typeof at === 'number' ? at : Date.parse(at) / 1000;
}

/** The filters as the addresses of other pages repeat them. */
function queryOf({
  created: range = {},
  object_id,
  types = [],
}: {
  created?: Readonly<Record<string, number | undefined>>;
  object_id?: string;
  types?: string[];
}): Record<string, string> {
  const bounds = Object.entries(range).map(([name, at]): [string, string] => [
    `created[${name}]`,
    new Date((at ?? 0) * 1000).toISOString(),
  ]);
  const names = types.map((type, at): [string, string] => [`types[${at}]`, type]);
  return Object.fromEntries([
    ...bounds,
    ...names,
    ...(object_id === undefined ? [] : [['object_id', object_id]]),
  ]);
}
