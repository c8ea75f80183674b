import type { Hono, Context as HonoContext } from 'hono';
import type { Core } from './core';
import { perform, type Reply } from './dispatch';
import { StripeError } from './errors';
import { plainOf } from './form';
import { newId } from './ids';
import { authenticate, type Caller, requireRight } from './keys';
import { sessionCaller } from './meter-session';
import { readParameters } from './read-parameters';
import { cutConnection, sufferAfter, sufferBefore, TornReply } from './request-faults';
import { type LoggedRequest, withoutSecrets } from './request-log';
import type { Router } from './router';
import { unknownPath } from './unsupported';
import { readVersion } from './version-change';

const LONGEST_REPLY_KEPT = 16_384;

/** Carries the API: everything about HTTP is on this side, everything about Stripe behind `perform`. */
export function mountApi(app: Hono, core: Core, router: Router): void {
  const inFlight = new Set<string>();
  for (const path of ['/v1', '/v1/*', '/v2/*']) {
    app.all(path, (c) => answer(c, core, router, inFlight));
  }
}

async function answer(
  c: HonoContext,
  core: Core,
  router: Router,
  inFlight: Set<string>,
): Promise<Response> {
  const log: LoggedRequest = {
    id: newId('req', 14),
    method: c.req.method,
    path: c.req.path,
    parameters: {},
    status: null,
    at: Date.now(),
    milliseconds: 0,
    livemode: null,
    idempotency_key: c.req.header('idempotency-key') || null,
    replayed: false,
    fault: null,
    reply: null,
  };
  try {
    return respond(c, core.apiVersion, log, await work(c, core, router, inFlight, log));
  } catch (error) {
    if (error instanceof TornReply) return cutConnection(c.env);
    return respond(c, core.apiVersion, log, errorReply(core, log.id, error));
  } finally {
    core.requests.add({ ...log, milliseconds: Date.now() - log.at });
  }
}

async function work(
  c: HonoContext,
  core: Core,
  router: Router,
  inFlight: Set<string>,
  log: LoggedRequest,
): Promise<Reply> {
  const caller = callerOf(c, core, log.path);
  log.livemode = caller.mode === 'live';
  const version = readVersion(c.req.header('stripe-version') ?? core.apiVersion);
  const world = caller.world ?? worldOf(core, caller, accountIn(c));
  const match = router.match(log.method, log.path);
  if (!match) throw unknownPath(log.method, log.path, version);
  requireRight(caller, match.route.right, core.accountId);
  const tree = await readParameters(c.req.raw);
  log.parameters = withoutSecrets(plainOf(tree));

  const isKeyed = log.method === 'POST' && log.idempotency_key !== null;
  const lock = isKeyed ? `${world}\n${log.idempotency_key}` : null;
  if (lock !== null && inFlight.has(lock)) throw keyInUse();
  if (lock !== null) inFlight.add(lock);
  try {
    const fault = core.faults.takeRequest(log.method, log.path);
    log.fault = fault?.kind ?? null;
    if (fault) await sufferBefore(fault, core.faults.cleared, c.req.raw.signal);
    const ctx = core.context(world, {
      request: { id: log.id, idempotency_key: log.idempotency_key },
      version,
    });
    const reply = perform(ctx, match, `${log.method} ${log.path}`, tree);
    log.replayed = reply.replayOf !== undefined;
    return fault ? sufferAfter(fault, reply) : reply;
  } finally {
    if (lock !== null) inFlight.delete(lock);
  }
}

function respond(c: HonoContext, apiVersion: string, log: LoggedRequest, reply: Reply): Response {
  log.status = reply.status;
  log.reply = shownReply(reply.body);
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store',
    'request-id': log.id,
    'stripe-version': c.req.header('stripe-version') ?? apiVersion,
  });
  if (log.idempotency_key !== null) headers.set('idempotency-key', log.idempotency_key);
  if (reply.replayOf !== undefined) {
    headers.set('idempotent-replayed', 'true');
    headers.set('original-request', reply.replayOf);
  }
  const retry = shouldRetry(reply.status);
  if (retry !== undefined) headers.set('stripe-should-retry', String(retry));
  return new Response(reply.body, { status: reply.status, headers });
}

/** A 429 says nothing, as at Stripe: whether to try again is the client's to choose. */
function shouldRetry(status: number): boolean | undefined {
  if (status < 400 || status === 429) return undefined;
  return status === 409 || status >= 500;
}

/** A bug of ours is Stripe's `api_error`, told on stderr with its trace. */
function errorReply(core: Core, requestId: string, error: unknown): Reply {
  const known =
    error instanceof StripeError
      ? error
      : new StripeError(500, {
          type: 'api_error',
          message: 'The emulator made a mistake. Its output says which.',
        });
  if (known !== error) console.error(error);
  const request_log_url = `${core.origin}/requests/${requestId}`;
  const body = JSON.stringify({ error: { ...known.body, request_log_url } }, null, 2);
  return { status: known.status, body };
}

/** The stream of usage knows its callers by a token of their own. */
function callerOf(c: HonoContext, core: Core, path: string): Caller & { world?: string } {
  const header = c.req.header('authorization');
  if (path !== '/v2/billing/meter_event_stream') return authenticate(core.store, header);
  return sessionCaller(core.store, header, core.clock.now());
}

/** The account a request is about: a context names it just as well. */
function accountIn(c: HonoContext): string | undefined {
  return c.req.header('stripe-account') ?? c.req.header('stripe-context');
}

function worldOf(core: Core, caller: Caller, account: string | undefined): string {
  const own = core.worldOf(caller.mode, caller.key);
  if (account === undefined || account === core.accountId) return own;
  if (core.store.world(own).account.get(account)) return `${own}/${account}`;
  throw new StripeError(403, {
    type: 'invalid_request_error',
    code: 'account_invalid',
    message: `The provided key '${caller.masked}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
  });
}

function keyInUse(): StripeError {
  return new StripeError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message:
      'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through).',
  });
}

/** A long reply (a page of a hundred invoices) is not worth keeping. */
function shownReply(body: string): unknown {
  if (body.length > LONGEST_REPLY_KEPT) return `[${body.length} characters]`;
  try {
    return withoutSecrets(JSON.parse(body));
  } catch {
    return body;
  }
}
