import type { Context } from './context';
import { invalidRequest, StripeError } from './errors';
import type { FormNode, FormTree } from './form';
import { inVersion } from './in-version';
import { API_VERSION, endpointShape, foreignParameter } from './surface';

/**
 * The parameters of a request in the newest version, whichever they were written for.
 * @throws StripeError for a parameter that its own version does not have
 */
export function fromVersion(ctx: Context, endpoint: string, given: FormTree): FormTree {
  if (ctx.version === API_VERSION) return given;
  const shape = endpointShape(endpoint);
  const foreign = shape && foreignParameter(ctx.version, shape, given);
  if (foreign) throw notInVersion(ctx.version, foreign.name, foreign.shape.since);
  const tree = structuredClone(given);
  for (const { moved, parameters } of changesFor(ctx)) {
    for (const [from, to] of Object.entries(moved?.[keyOf(endpoint)] ?? {})) {
      move(tree, from.split('.'), to.split('.'));
    }
    parameters?.[keyOf(endpoint)]?.(ctx, tree);
  }
  return tree;
}

/** A refusal whose names and objects are those of the request's version. */
export function refusalIn(ctx: Context, endpoint: string, error: unknown): unknown {
  if (!(error instanceof StripeError) || ctx.version === API_VERSION) return error;
  const { doc_url: _made, ...body } = error.body;
  for (const name of ['payment_intent', 'payment_method', 'setup_intent'] as const) {
    if (body[name] !== undefined) body[name] = inVersion(ctx, body[name]);
  }
  const param = body.param === undefined ? undefined : formerName(ctx, endpoint, body.param);
  const named = param !== undefined && {
    param,
    message: body.message.replaceAll(body.param ?? '', param),
  };
  return new StripeError(error.status, { ...body, ...named }, error);
}

/** What a parameter was called; undefined when it was not moved. */
function formerName(ctx: Context, endpoint: string, param: string): string | undefined {
  const moves = ctx.core
    .changesSince(ctx.version)
    .flatMap(({ moved }) => Object.entries(moved?.[keyOf(endpoint)] ?? {}));
  for (const [from, to] of moves) {
    const name = renamed(param, to.split('.'), from.split('.'));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The changes since the version of the request, oldest first. */
function changesFor(ctx: Context) {
  return [...ctx.core.changesSince(ctx.version)].reverse();
}

function keyOf(endpoint: string): string {
  return endpoint.replace(/:\w+/g, ':id');
}

function notInVersion(version: string, name: string, since: string | undefined): StripeError {
  const when =
    since !== undefined && version < since
      ? `Stripe has it since version ${since}`
      : 'a later version removed it again';
  return invalidRequest(
    `Received unknown parameter: ${name}. This request is of version ${version}; ${when}.`,
    name,
    'parameter_unknown',
  );
}

/** Moves a parameter; `*` in both paths stands for every element. An empty one empties where it goes. */
function move(tree: FormTree, from: readonly string[], to: readonly string[]): void {
  const [name = '', ...rest] = from;
  const [target = '', ...deeper] = to;
  if (name === target && rest.length > 0) {
    const children = name === '*' ? [...tree.values()] : [tree.get(name)];
    for (const child of children) if (child instanceof Map) move(child, rest, deeper);
    return;
  }
  const value = take(tree, from);
  if (value === undefined) return;
  if (tree.has(target)) {
    throw invalidRequest(`You may only specify one of these parameters: ${name}, ${target}.`, name);
  }
  put(tree, value === '' ? [target] : to, value);
}

function take(tree: FormTree, [name = '', ...rest]: readonly string[]): FormNode | undefined {
  const value = tree.get(name);
  if (rest.length > 0) return value instanceof Map ? take(value, rest) : undefined;
  tree.delete(name);
  return value;
}

function put(tree: FormTree, [name = '', ...rest]: readonly string[], value: FormNode): void {
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const known = tree.get(name);
  const inner: FormTree = known instanceof Map ? known : new Map();
  tree.set(name, inner);
  put(inner, rest, value);
}

/** `discounts[0][coupon]` by the name it was moved from; undefined when it was not. */
function renamed(
  param: string,
  to: readonly string[],
  from: readonly string[],
): string | undefined {
  const parts = param.split(/[[\]]+/).filter((part) => part !== '');
  const indices: string[] = [];
  const fits =
    parts.length === to.length &&
    to.every((part, at) => {
      if (part === '*') indices.push(parts[at] ?? '');
      return part === '*' || part === parts[at];
    });
  if (!fits) return undefined;
  const [first, ...others] = from.map((part) => (part === '*' ? (indices.shift() ?? '') : part));
  return [first, ...others.map((part) => `[${part}]`)].join('');
}
