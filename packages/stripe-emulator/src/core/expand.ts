import type { Context } from './context';
import { invalidRequest, StripeError } from './errors';
import { inVersion } from './in-version';
import { isIn, objectShape } from './surface';
import type { TableName } from './tables';

/**
 * What an expandable field holds: ids of a table, or of one of several; `embedded`, what is there
 * anyway; or what is included
 * only when asked for (such a field is left out of every reply and event that does not ask), either what
 * the object holds (`on request`) or what a function finds.
 */
export type Expansion =
  | TableName
  | readonly TableName[]
  | 'embedded'
  | 'on request'
  | ((ctx: Context, id: string) => unknown);

/** By the `object` of a thing, the dotted paths in it that can be expanded. */
export type Expansions = Record<string, Record<string, Expansion>>;

/** What several say of the same kinds of object. */
export function mergeExpansions(all: readonly (Expansions | undefined)[]): Expansions {
  const merged: Expansions = {};
  for (const expansions of all) {
    for (const [object, fields] of Object.entries(expansions ?? {})) {
      merged[object] = { ...merged[object], ...fields };
    }
  }
  return merged;
}

const MOST_LEVELS = 4;

type Tree = Map<string, Tree>;
type Json = Record<string, unknown>;

/** The typed object a walk is inside of, and the dotted path from it to here. */
interface Place {
  object: string;
  id: string;
  path: string;
}

/**
 * A reply with the asked fields expanded, and without those that are included only when asked for.
 * @throws StripeError for a path that leads to nothing expandable, or that is too deep
 */
export function expand(ctx: Context, reply: unknown, paths: readonly string[]): unknown {
  const asked = treeOf(paths);
  const bare = inVersion(ctx, withoutIncluded(ctx.core.expansions(), reply, asked));
  if (paths.length === 0 || !isJson(bare)) return bare;
  const copy = structuredClone(bare);
  expandIn(ctx, copy, placeOf(copy), asked, '');
  return copy;
}

/**
 * An object, or a list of them, without the fields that are included only when asked for.
 *
 * @param asked what was asked for: what the object holds on request stays
 */
export function withoutIncluded(
  expansions: Expansions,
  value: unknown,
  asked: Tree = new Map(),
): unknown {
  if (!isJson(value)) return value;
  const known = typeof value.object === 'string' ? expansions[value.object] : undefined;
  const bare = Object.entries(known ?? {})
    .filter(
      ([path, target]) =>
        typeof target === 'function' || (target === 'on request' && !has(asked, path.split('.'))),
    )
    .reduce((rest, [path]) => withoutField(rest, path.split('.')), value);
  const isList = bare.object === 'list' || bare.object === 'search_result';
  if (!isList || !Array.isArray(bare.data)) return bare;
  const inner = asked.get('data');
  return {
    ...bare,
    data: bare.data.map((element) => withoutIncluded(expansions, element, inner)),
  };
}

function has(tree: Tree, [name = '', ...rest]: string[]): boolean {
  const inner = tree.get(name);
  return inner !== undefined && (rest.length === 0 || has(inner, rest));
}

/** A copy without the field at a path, or the same object when it has none there. */
function withoutField(node: Json, [name = '', ...rest]: string[]): Json {
  if (!Object.hasOwn(node, name)) return node;
  if (rest.length === 0) {
    return Object.fromEntries(Object.entries(node).filter(([key]) => key !== name));
  }
  const inner = node[name];
  return isJson(inner) ? { ...node, [name]: withoutField(inner, rest) } : node;
}

function treeOf(paths: readonly string[]): Tree {
  const tree: Tree = new Map();
  for (const path of paths) {
    const names = path.split('.');
    if (names.length > MOST_LEVELS) {
      throw new StripeError(400, {
        type: 'invalid_request_error',
        code: 'property_expansion_max_depth',
        message: `You cannot expand more than ${MOST_LEVELS} levels of a property. Property: ${path}`,
      });
    }
    let node = tree;
    for (const name of names) {
      const child: Tree = node.get(name) ?? new Map();
      node.set(name, child);
      node = child;
    }
  }
  return tree;
}

function expandIn(ctx: Context, node: Json, place: Place, tree: Tree, trail: string): void {
  // What is left of a deleted object has none of its fields, and is given to those who ask for them.
  if (node.deleted === true) return;
  for (const [name, inner] of tree) {
    const full = trail ? `${trail}.${name}` : name;
    const path = place.path ? `${place.path}.${name}` : name;
    const target = expansionOf(ctx, place.object, path);
    if (typeof target === 'function') {
      const included = withoutIncluded(ctx.core.expansions(), target(ctx, place.id), inner);
      node[name] = structuredClone(inVersion(ctx, included));
      descend(ctx, node[name], { ...place, path }, inner, full);
    } else if (target === 'embedded' || target === 'on request') {
      descend(ctx, node[name], { ...place, path }, inner, full);
    } else if (target !== undefined) {
      node[name] = expandIds(ctx, node[name], target, inner, full);
    } else if (leadsOn(node, name, inner)) {
      descend(ctx, node[name], { ...place, path }, inner, full);
    } else {
      throw notExpandable(full, Array.isArray(node.data) && trail === '');
    }
  }
}

function expandIds(
  ctx: Context,
  value: unknown,
  table: TableName | readonly TableName[],
  inner: Tree,
  full: string,
): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => expandIds(ctx, element, table, inner, full));
  }
  const named = typeof value === 'string';
  const found = named ? (findIn(ctx, table, value) ?? ctx.find('_deleted', value)) : value;
  if (found === undefined) return value;
  const bare = withoutIncluded(ctx.core.expansions(), found, inner);
  const copy = named ? structuredClone(inVersion(ctx, bare)) : found;
  descend(ctx, copy, { object: '', id: '', path: '' }, inner, full);
  return copy;
}

function findIn(ctx: Context, tables: TableName | readonly TableName[], id: string) {
  for (const table of [tables].flat()) {
    const found = ctx.find(table, id);
    if (found) return found;
  }
  return undefined;
}

/** Goes on into a value: an object of its own kind starts a new place; arrays are walked through. */
function descend(ctx: Context, value: unknown, place: Place, tree: Tree, trail: string): void {
  if (tree.size === 0) return;
  if (Array.isArray(value)) {
    for (const element of value) descend(ctx, element, place, tree, trail);
  } else if (isJson(value)) {
    expandIn(ctx, value, typeof value.object === 'string' ? placeOf(value) : place, tree, trail);
  }
}

function expansionOf(ctx: Context, object: string, path: string): Expansion | undefined {
  const known = ctx.core.expansions(ctx.version)[object];
  const [name = ''] = path.split('.');
  const field = objectShape(object)?.inner.get(name);
  if (field && !isIn(ctx.version, field)) return undefined;
  return known && Object.hasOwn(known, path) ? known[path] : undefined;
}

/**
 * An embedded object can be named, though it is there already, and walked through; so can a field
 * that is empty just now, when the path goes on. Metadata is nobody's to expand.
 */
function leadsOn(node: Json, name: string, inner: Tree): boolean {
  if (!Object.hasOwn(node, name) || name === 'metadata') return false;
  return node[name] === null ? inner.size > 0 : typeof node[name] === 'object';
}

function placeOf(node: Json): Place {
  return {
    object: typeof node.object === 'string' ? node.object : '',
    id: typeof node.id === 'string' ? node.id : '',
    path: '',
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notExpandable(path: string, inList: boolean): Error {
  const hint = inList ? ` You may want to try expanding 'data.${path}' instead.` : '';
  return invalidRequest(`This property cannot be expanded (${path}).${hint}`);
}
