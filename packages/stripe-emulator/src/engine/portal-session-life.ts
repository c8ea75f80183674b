import type { Context } from '../core/context';
import type { Stored } from '../core/tables';

type Session = Stored<'billing_portal.session'>;

/** A link nobody opened is good for five minutes; one in use until an hour after its last use. */
const UNUSED_SECONDS = 5 * 60;
const IDLE_SECONDS = 60 * 60;

/** An app may make a session each time it shows its billing page, and the API reads none back. */
const MOST_KEPT = 10_000;

/** Whether a portal session is over, by the emulator's clock. */
export function isExpired(ctx: Context, session: Session): boolean {
  const now = ctx.core.clock.now();
  const lastUsed = ctx.find('_portal', session.id)?.last_used_at ?? null;
  return lastUsed === null ? now > session.created + UNUSED_SECONDS : now > lastUsed + IDLE_SECONDS;
}

/** Lets go of the oldest sessions beyond so many, if they are over. Their links are then unknown. */
export function forgetOldSessions(ctx: Context): void {
  const sessions = ctx.world['billing_portal.session'];
  for (;;) {
    const [session] = sessions.walk('oldest');
    if (!session || sessions.size < MOST_KEPT || !isExpired(ctx, session)) return;
    sessions.delete(session.id);
    ctx.world._portal.delete(session.id);
  }
}

/** Notes that a portal session is in use now. */
export function noteUse(ctx: Context, session: Session): void {
  const now = ctx.core.clock.now();
  const usage = ctx.find('_portal', session.id);
  if (usage?.last_used_at === now) return;
  ctx.world._portal.put({
    id: session.id,
    first_used_at: usage?.first_used_at ?? now,
    last_used_at: now,
  });
}
