import type { DueHandler } from './agenda';
import type { Context } from './context';
import type { Expansions } from './expand';
import type { FormTree } from './form';
import { fromVersion, refusalIn } from './from-version';
import { array, type FieldOutputs, type Fields, object, string } from './params';
import { namingEmulator } from './unsupported';

export type Method = 'GET' | 'POST' | 'DELETE';

/** `:name` segments of a path, by name. */
export type PathParams<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? { readonly [Key in Name]: string } & PathParams<More>
    : { readonly [Key in Rest]: string }
  : unknown;

/** One endpoint of the API. */
export interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  /** The names of the parameters it takes. */
  readonly parameters: readonly string[];
  /** The right a restricted key needs, such as `customer_write`. */
  readonly right: string;
  /** Checks the parameters, does the work, gives what is answered and what is to be expanded in it. */
  perform(
    ctx: Context,
    tree: FormTree,
    path: Record<string, string>,
  ): { reply: unknown; expand: string[] };
}

/** What one file in `api/` contributes. */
export interface Resource {
  routes: readonly Route[];
  /** By the `object` of a thing, which of its fields can be expanded, and from where. */
  expansions?: Expansions;
  /** What happens when something this resource scheduled is due. */
  due?: Record<string, DueHandler>;
}

export interface RouteOptions<F extends Fields> {
  /** The resource in a restricted key's rights: `customer` makes `customer_read` or `customer_write`. */
  right: string;
  /** `{}` when it takes none. */
  params: F;
}

/**
 * Declares an endpoint: `route('POST /v1/customers/:id', { right: 'customer', params }, handler)`.
 * `expand` is understood by every endpoint and is not among the handler's parameters.
 */
export function route<Path extends string, F extends Fields>(
  endpoint: `${Method} ${Path}`,
  options: RouteOptions<F>,
  handle: (ctx: Context, params: FieldOutputs<F>, path: PathParams<Path>) => unknown,
): Route {
  const [method = '', path = ''] = endpoint.split(' ');
  const segments = path.split('/').slice(1);
  const names = segments.filter((part) => part.startsWith(':')).map((part) => part.slice(1));
  const expanding = object({ expand: array(string()) });
  const schema = object(options.params);

  /** The router has matched this route's pattern, so every name in it has a value. */
  function isPath(
    values: Record<string, string>,
  ): values is Record<string, string> & PathParams<Path> {
    return names.every((name) => name in values);
  }
  function parse(tree: FormTree, version: string): FieldOutputs<F> {
    try {
      return schema.parseTree(tree, '');
    } catch (error) {
      throw namingEmulator(endpoint, error, version);
    }
  }
  return {
    method,
    segments,
    parameters: Object.keys(options.params),
    right: `${options.right}_${method === 'GET' ? 'read' : 'write'}`,
    perform(ctx, tree, pathValues) {
      if (!isPath(pathValues)) throw new Error(`${endpoint} was matched without its path`);
      const { expand = [] } = expanding.parseTree(only(tree, 'expand'), '');
      try {
        const given = fromVersion(ctx, endpoint, without(tree, 'expand'));
        return { reply: handle(ctx, parse(given, ctx.version), pathValues), expand };
      } catch (error) {
        throw refusalIn(ctx, endpoint, error);
      }
    },
  };
}

function only(tree: FormTree, name: string): FormTree {
  return new Map([...tree].filter(([key]) => key === name));
}

function without(tree: FormTree, name: string): FormTree {
  return tree.has(name) ? new Map([...tree].filter(([key]) => key !== name)) : tree;
}
