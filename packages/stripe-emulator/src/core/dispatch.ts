import type { Context } from './context';
import { StripeError } from './errors';
import { expand } from './expand';
import type { FormTree } from './form';
import { fingerprintOf, storedReply, storeReply } from './idempotency';
import type { Match } from './router';

export interface Reply {
  status: number;
  body: string;
  /** The id of the request whose stored reply this repeats. */
  replayOf?: string;
}

/** Does a request in one transaction, its stored reply included, and gives the reply. */
export function perform(ctx: Context, match: Match, endpoint: string, tree: FormTree): Reply {
  const key = match.route.method === 'POST' ? ctx.request.idempotency_key : null;
  const fingerprint = key === null ? '' : fingerprintOf(tree);
  if (key !== null) {
    const stored = storedReply(ctx, key, endpoint, fingerprint);
    if (stored) return { status: stored.status, body: stored.body, replayOf: stored.request };
  }
  return ctx.core.transact(() => {
    const keep = (status: number, body: string): Reply => {
      const request = ctx.request.id ?? '';
      if (key !== null) {
        storeReply(ctx, { id: key, endpoint, fingerprint, status, body, request });
      }
      return { status, body };
    };
    try {
      const done = match.route.perform(ctx, tree, match.path);
      return keep(200, JSON.stringify(expand(ctx, done.reply, done.expand), null, 2));
    } catch (error) {
      if (error instanceof StripeError && error.keepsChanges) {
        keep(error.status, JSON.stringify({ error: error.body }, null, 2));
      }
      throw error;
    }
  });
}
