/**
 * Does something once the response of the request in progress was sent; at once where there is none,
 * as in a command.
 *
 * @param work handles its own errors
 */
export function afterResponse(work: () => Promise<void>): void {
  const defer = held.afterResponse ?? run;
  try {
    defer(work);
  } catch {
    // Next's way of saying that no request is in progress.
    run(work);
  }
}

function run(work: () => Promise<void>): void {
  void work();
}

/**
 * Says how. What runs outside Next cannot import it, so instrumentation.ts brings Next's own function.
 * Kept on globalThis, because Next bundles each route by itself.
 */
export function deferWith(defer: (work: () => Promise<void>) => void): void {
  held.afterResponse = defer;
}

const held: typeof globalThis & { afterResponse?: (work: () => Promise<void>) => void } =
  globalThis;
