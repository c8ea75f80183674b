import type { Context } from './context';
import { type EventObject, previousAttributes, type StoredEvent } from './event';
import { API_VERSION, isIn, objectShape, type Shape } from './surface';
import { isJson, type Json } from './version-change';

/** A reply, or any part of one, as a version has it. */
export function inVersion<T>(ctx: Context, value: T, version?: string): T | Json;
export function inVersion(ctx: Context, value: unknown, version = ctx.version): unknown {
  if (version === API_VERSION) return value;
  if (Array.isArray(value)) return value.map((element) => inVersion(ctx, element, version));
  if (!isJson(value)) return value;
  const { object } = value;
  const node = typeof object === 'string' ? asBefore(ctx, object, value, version) : value;
  const entries = Object.entries(node).map(([name, inner]): [string, unknown] => [
    name,
    // What an event tells of was written in a version of its own, and metadata has none.
    name === 'metadata' || (object === 'event' && name === 'data')
      ? inner
      : inVersion(ctx, inner, version),
  ]);
  return Object.fromEntries(entries);
}

/** What an event tells of, as a version has it. */
export function eventDataIn(
  ctx: Context,
  { object, previous_attributes: previous }: StoredEvent['data'],
  version: string,
): StoredEvent['data'] {
  if (version === API_VERSION)
    return previous ? { object, previous_attributes: previous } : { object };
  const shown = eventObject(inVersion(ctx, object, version), object);
  if (!previous) return { object: shown };
  const former = inVersion(ctx, merged({ ...object }, previous), version);
  return { object: shown, previous_attributes: previousAttributes(former, shown) ?? {} };
}

/** A version changes an object's fields, never what it is. */
function eventObject(shown: EventObject | Json, { object }: EventObject): EventObject {
  return { ...shown, object };
}

function asBefore(ctx: Context, object: string, value: Json, version: string): Json {
  const former = ctx.core
    .changesSince(version)
    .reduce((node, change) => change.objects?.[object]?.(ctx, node) ?? node, value);
  const shape = objectShape(object);
  return shape ? without(former, shape, version) : former;
}

/** A hash without what the version does not have. */
function without(node: Json, shape: Shape, version: string): Json {
  const kept = { ...node };
  for (const [name, field] of shape.inner) {
    if (!(name in kept)) continue;
    if (!isIn(version, field)) delete kept[name];
    else if (field.inner.size > 0) kept[name] = inside(kept[name], field, version);
  }
  return kept;
}

function inside(value: unknown, shape: Shape, version: string): unknown {
  const every = shape.inner.get('*');
  if (Array.isArray(value)) {
    return every ? value.map((element) => inside(element, every, version)) : value;
  }
  return isJson(value) ? without(value, shape, version) : value;
}

/** What a hash was before: `previous` has the former values of what changed. */
function merged(present: Json, previous: Json): Json {
  const entries = Object.entries(previous).map(([name, old]): [string, unknown] => {
    const fresh = present[name];
    return [name, isJson(old) && isJson(fresh) ? merged(fresh, old) : old];
  });
  return { ...present, ...Object.fromEntries(entries) };
}
