import { invalidRequest } from './errors';
import type { Route } from './route';

/** Words that are never an id: other resources are searched so, and invoices were once previewed so. */
const NEVER_IDS: ReadonlySet<string> = new Set(['search', 'upcoming']);

export interface Match {
  route: Route;
  path: Record<string, string>;
}

/** Finds the route of a request; a literal segment wins over a named one. */
export class Router {
  #routes = new Map<string, Route[]>();

  constructor(routes: Iterable<Route>) {
    for (const route of routes) {
      const key = `${route.method} ${route.segments.length}`;
      const known = this.#routes.get(key) ?? [];
      known.push(route);
      known.sort((a, b) => names(a) - names(b));
      this.#routes.set(key, known);
    }
  }

  /** @param path already without query; behind a trailing slash an id is missing, so nothing matches */
  match(method: string, path: string): Match | undefined {
    const segments = path.split('/').slice(1).map(decoded);
    for (const route of this.#routes.get(`${method} ${segments.length}`) ?? []) {
      const values = valuesOf(route.segments, segments);
      if (values) return { route, path: values };
    }
    return undefined;
  }
}

function names(route: Route): number {
  return route.segments.filter((segment) => segment.startsWith(':')).length;
}

function valuesOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const values: [string, string][] = [];
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith(':')) {
      if (segment === '' || NEVER_IDS.has(segment)) return undefined;
      values.push([part.slice(1), segment]);
    } else if (part !== segment) {
      return undefined;
    }
  }
  return Object.fromEntries(values);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidRequest('The path of the request has a malformed percent-encoding.');
  }
}
