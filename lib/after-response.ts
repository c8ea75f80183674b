/**
 * Does something once the response of the request in progress was sent; at once where there is none,
 * as in a command.
 *
 * @param work handles its own errors
 */
export function afterResponse(work: () => Promise<void>): void {
  const defer = held.afterResponse ?? run;
  const { promise, resolve } = withResolvers();
  pending.add(promise);
  const tracked = () =>
    work().finally(() => {
      pending.delete(promise);
      resolve();
    });
  try {
    defer(tracked);
  } catch {
    // Next's way of saying that no request is in progress.
    run(tracked);
  }
}

/** Resolves once all of it is done, with what it brings after itself. */
export async function deferredWork(): Promise<void> {
  while (pending.size > 0) await Promise.all(pending);
}

/** As `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
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

const held: typeof globalThis & {
  afterResponse?: (work: () => Promise<void>) => void;
  pendingWork?: Set<Promise<void>>;
} = globalThis;
held.pendingWork ??= new Set();
const pending = held.pendingWork;
