import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What is known of the HTTP request that is being answered, before Next sees it. */
export type RequestContext = {
  /** Shown on error pages and on every log line of this request. */
  id: string;
  /** Where the request comes from, as far as it can be trusted: see caller-address.ts. */
  address: string;
  /** Set once the database did not answer: what would be a 500 is a 503 then. */
  databaseFailed: boolean;
  /** Set once what was sent could not be read: what would be a 500 is a 400 then. */
  malformed: boolean;
  /** Set once an error of it was logged: Next reports the same again under another name. */
  reported: boolean;
  /** Set once it was answered without Next, which may then fail on what is left of it. */
  refused: boolean;
};

/** The context of a new request. */
export function newContext(address: string): RequestContext {
  const nothingYet = { databaseFailed: false, malformed: false, reported: false, refused: false };
  return { id: randomUUID(), address, ...nothingYet };
}

/** The context of the request that is being answered; undefined in commands and tests. */
export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs work, and all that it starts, with a request's context. */
export function withRequestContext<Result>(context: RequestContext, work: () => Result): Result {
  return storage.run(context, work);
}

// Next bundles instrumentation.ts apart from the pages, so the module exists twice in a process.
const shared: typeof globalThis & { requestContexts?: AsyncLocalStorage<RequestContext> } =
  globalThis;
shared.requestContexts ??= new AsyncLocalStorage();
const storage = shared.requestContexts;
