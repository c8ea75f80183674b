import type { Context } from './context';

/**
 * Asks for a due handler a moment from now, in real time even for what lives on a test clock: it stands
 * for something that others do (a bank, a card's holder) and that Stripe learns of later.
 */
export function soon(ctx: Context, kind: string, objectId: string, seconds: number): void {
  const real = ctx.onClock(null);
  real.schedule(kind, objectId, real.now + seconds);
}
