import { invalidRequest } from './errors';

/** A decoded parameter: a value, or sub-parameters by name (an array has its places as names). */
export type FormNode = string | FormTree;
export type FormTree = Map<string, FormNode>;

/** More pairs, or deeper brackets, than any honest request sends. */
const MOST_PAIRS = 10_000;
const MOST_LEVELS = 32;

/**
 * Decodes `application/x-www-form-urlencoded` text with Stripe's bracket paths:
 * `items[0][price]=…`, `expand[]=…`, `metadata[key]=`. A repeated plain name keeps its last value.
 */
export function decodeForm(text: string): FormTree {
  const tree: FormTree = new Map();
  let pairs = 0;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    if (++pairs > MOST_PAIRS) throw invalidRequest('The request has too many parameters.');
    const equals = pair.indexOf('=');
    const name = decodePart(equals < 0 ? pair : pair.slice(0, equals));
    assign(tree, segmentsOf(name), equals < 0 ? '' : decodePart(pair.slice(equals + 1)), name);
  }
  return tree;
}

/** Decodes a JSON body, as the second API takes it, into the same form. @throws StripeError */
export function decodeJson(text: string): FormTree {
  if (text === '') return new Map();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidRequest('The request body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest('The request body must be a JSON object.');
  }
  return treeOf(value);
}

/** Plain values (as a program passes them) in the form they would have arrived in over HTTP. */
export function treeOf(params: object, depth = 0): FormTree {
  if (depth > MOST_LEVELS) throw invalidRequest('A parameter is nested too deeply.');
  const tree: FormTree = new Map();
  for (const [name, value] of Object.entries(params)) {
    const node = nodeOf(value, depth);
    if (node !== undefined) tree.set(name, node);
  }
  return tree;
}

/** The tree as plain values, for the request log. */
export function plainOf(tree: FormTree): Record<string, unknown> {
  const entries = [...tree].map(([name, node]): [string, unknown] => {
    if (typeof node === 'string') return [name, node];
    return [name, isArray(node) ? [...node.values()].map(plainNode) : plainOf(node)];
  });
  return Object.fromEntries(entries);
}

/** The elements of an array node in their order; undefined when it is none. */
export function elementsOf(node: FormNode): [index: string, element: FormNode][] | undefined {
  if (typeof node === 'string' || !isArray(node)) return undefined;
  return [...node].sort(([a], [b]) => Number(a) - Number(b));
}

function isArray(tree: FormTree): boolean {
  return [...tree.keys()].every((key) => /^\d{1,6}$/.test(key));
}

function plainNode(node: FormNode): unknown {
  return typeof node === 'string' ? node : plainOf(node);
}

function nodeOf(value: unknown, depth: number): FormNode | undefined {
  if (value === undefined) return undefined;
  if (value === null) return '';
  if (value instanceof Date) return String(Math.floor(value.getTime() / 1000));
  if (typeof value === 'object') {
    const tree = treeOf(value, depth + 1);
    return tree.size > 0 ? tree : undefined;
  }
  return String(value);
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidRequest('The request could not be decoded: it has a malformed percent-encoding.');
  }
}

function segmentsOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open <= 0) return [name];
  const inner = name.slice(open);
  if (!/^(\[[^[\]]*\])+$/.test(inner)) return [name];
  const segments = [name.slice(0, open), ...inner.slice(1, -1).split('][')];
  if (segments.length > MOST_LEVELS) throw invalidRequest('A parameter is nested too deeply.');
  return segments;
}

function assign(tree: FormTree, segments: string[], value: string, name: string): void {
  let node = tree;
  for (const [depth, segment] of segments.entries()) {
    const key = depth > 0 && segment === '' ? nextIndex(node) : segment;
    const present = node.get(key);
    if (depth === segments.length - 1) {
      if (present instanceof Map) throw conflict(name);
      node.set(key, value);
    } else if (present === undefined) {
      const child: FormTree = new Map();
      node.set(key, child);
      node = child;
    } else if (typeof present === 'string') {
      throw conflict(name);
    } else {
      node = present;
    }
  }
}

/** `a[][b]=1&a[][c]=2` goes on with the same element until a name comes twice, as Rack reads it. */
function nextIndex(node: FormTree): string {
  return String(node.size);
}

function conflict(name: string): Error {
  return invalidRequest(`The parameter ${name} is given both a value and sub-parameters.`, name);
}
