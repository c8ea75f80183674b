import { createHash } from 'node:crypto';
import type { Context } from './context';
import { StripeError } from './errors';
import type { FormNode, FormTree } from './form';

/** A reply kept for the requests that will repeat it. `id` is the idempotency key. */
export interface StoredReply {
  id: string;
  endpoint: string;
  fingerprint: string;
  status: number;
  body: string;
  request: string;
  created: number;
}

const LONGEST_KEY = 255;
const KEPT_SECONDS = 24 * 60 * 60;

/** Nobody tries again what is so many requests ago. */
const MOST_KEPT = 10_000;

/** What makes two requests with one key the same: endpoint and parameters, in whatever order. */
export function fingerprintOf(params: FormTree): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(params)))
    .digest('hex');
}

function sorted(node: FormNode): unknown {
  if (typeof node === 'string') return node;
  return [...node.keys()].sort().map((name) => [name, sorted(node.get(name) ?? '')]);
}

/**
 * The stored reply for a key, if this is a repetition of the request that made it.
 * @throws StripeError `idempotency_error` when the key was used for something else, or is too long
 */
export function storedReply(
  ctx: Context,
  key: string,
  endpoint: string,
  fingerprint: string,
): StoredReply | undefined {
  if (key.length > LONGEST_KEY) {
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: `Idempotency keys can be at most ${LONGEST_KEY} characters long; yours is ${key.length}.`,
    });
  }
  const stored = ctx.find('_idempotency', key);
  if (!stored || stored.created < realNow() - KEPT_SECONDS) return undefined;
  if (stored.endpoint !== endpoint) {
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${endpoint}' vs '${stored.endpoint}'). Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  }
  if (stored.fingerprint !== fingerprint) {
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  }
  return stored;
}

/** Keeps a reply; those older than a day, and those beyond so many, are let go of. */
export function storeReply(ctx: Context, reply: Omit<StoredReply, 'created'>): void {
  const now = realNow();
  for (;;) {
    const [old] = ctx.world._idempotency.walk('oldest');
    if (!old) break;
    if (old.created >= now - KEPT_SECONDS && ctx.world._idempotency.size < MOST_KEPT) break;
    ctx.world._idempotency.delete(old.id);
  }
  ctx.world._idempotency.put({ ...reply, created: now });
}

/** Keys live by real time: moving the emulator's clock must not make a retry a second charge. */
function realNow(): number {
  return Math.floor(Date.now() / 1000);
}
