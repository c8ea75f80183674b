import type { FormTree } from './form';
import SURFACE from './stripe-surface.json';

/**
 * What Stripe's API has, whether the emulator has it or not, and in which versions. The file is written
 * by `surface.mjs` from the types of Stripe's SDKs.
 */

/** An endpoint, a parameter or a field, and what is in it by name; `*` stands for every element or key. */
export interface Shape {
  /** The first version that has it; undefined when the oldest one here does. */
  readonly since: string | undefined;
  /** The first version that no longer has it. */
  readonly until: string | undefined;
  readonly inner: ReadonlyMap<string, Shape>;
}

/** The versions of the API, oldest first. They sort by name. */
export const API_VERSIONS: readonly string[] = SURFACE.versions;

/** The version that objects are stored in: the newest. */
export const API_VERSION = API_VERSIONS.at(-1) ?? '';

const endpoints: Record<string, string> = SURFACE.endpoints;
const objects: Record<string, string> = SURFACE.objects;
const events: Record<string, string> = SURFACE.events;
const patterns = Object.keys(endpoints).map((name) => ({ name, parts: name.split('/') }));
const parsed = new Map<string, Shape>();

/** Whether a version has it. */
export function isIn(version: string, { since, until }: Shape): boolean {
  return (since === undefined || version >= since) && (until === undefined || version < until);
}

/** The endpoint of Stripe's that a request is for, such as `GET /v1/payouts/:id`. */
export function endpointOf(method: string, path: string): string | undefined {
  const parts = `${method} ${path}`.split('/');
  const fits = patterns.filter(
    (pattern) =>
      pattern.parts.length === parts.length &&
      pattern.parts.every((part, at) => part === parts[at] || (part === ':id' && parts[at] !== '')),
  );
  return (fits.find(({ name }) => !name.includes(':id')) ?? fits[0])?.name;
}

/** The parameters of an endpoint, whatever the names of the ids in its path are. */
export function endpointShape(endpoint: string): Shape | undefined {
  const name = endpoint.replace(/:\w+/g, ':id');
  return shapeIn(endpoints, name);
}

/** What changed in a kind of object; undefined when nothing did. */
export function objectShape(object: string): Shape | undefined {
  return shapeIn(objects, object);
}

/** Whether events of a type are sent in a version. */
export function hasEvent(version: string, type: string): boolean {
  const shape = shapeIn(events, type);
  return shape !== undefined && isIn(version, shape);
}

/** A parameter by its full name, such as `items[0][price]`. */
export function parameterShape(endpoint: Shape, name: string): Shape | undefined {
  let shape: Shape | undefined = endpoint;
  for (const part of name.split(/[[\]]+/))
    if (part !== '') shape = shape && innerShape(shape, part);
  return shape;
}

/** The first parameter in a request that Stripe has, though not in this version, with its full name. */
export function foreignParameter(
  version: string,
  outer: Shape,
  tree: FormTree,
  path = '',
): { name: string; shape: Shape } | undefined {
  for (const [key, node] of tree) {
    const shape = innerShape(outer, key);
    if (!shape) continue;
    const name = path === '' ? key : `${path}[${key}]`;
    if (!isIn(version, shape)) return { name, shape };
    const inner = typeof node !== 'string' && foreignParameter(version, shape, node, name);
    if (inner) return inner;
  }
  return undefined;
}

function innerShape(shape: Shape, name: string): Shape | undefined {
  return shape.inner.get(name) ?? shape.inner.get('*');
}

function shapeIn(shelf: Record<string, string>, name: string): Shape | undefined {
  const text = Object.hasOwn(shelf, name) ? shelf[name] : undefined;
  if (text === undefined) return undefined;
  const shape = parsed.get(text) ?? parse(text);
  parsed.set(text, shape);
  return shape;
}

/** Reads `+5-7(name,other+9(inner))`: places in the list of versions, in base 36, and what is inside. */
function parse(text: string): Shape {
  const tokens = text.match(/[+-]\w|[(),]|[^-+(),]+/g) ?? [];
  let at = 0;
  const mark = (sign: string) => {
    if (!tokens[at]?.startsWith(sign)) return undefined;
    return API_VERSIONS[Number.parseInt(tokens[at++]?.slice(1) ?? '', 36)];
  };
  const shape = (): Shape => {
    const since = mark('+');
    const until = mark('-');
    const inner = new Map<string, Shape>();
    if (tokens[at] === '(') {
      while (tokens[at] !== ')') {
        at++;
        inner.set(tokens[at++] ?? '', shape());
      }
      at++;
    }
    return { since, until, inner };
  };
  return shape();
}
