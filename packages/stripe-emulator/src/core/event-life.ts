import type { Context } from './context';

const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** So that a long load does not fill the memory with what nobody reads. */
const MOST_KEPT = 20_000;

/**
 * Lets go of the events that are older than thirty days by the emulator's clock, or beyond so many, and
 * of their deliveries. A clock that is moved by months does not take away what is still to be delivered.
 * An event of a test clock counts from when it was written, whatever its `created` says.
 */
export function pruneEvents(ctx: Context): void {
  const oldest = ctx.core.clock.now() - KEPT_SECONDS;
  for (;;) {
    const [event] = ctx.world.event.walk('oldest');
    if (!event) break;
    const written = ctx.find('_recorded', event.id)?.at ?? event.created;
    const isOld = written < oldest && !isOnItsWay(ctx, event.id);
    if (!isOld && ctx.world.event.size < MOST_KEPT) break;
    dropDeliveries(ctx, event.id);
    ctx.world.event.delete(event.id);
    ctx.world._recorded.delete(event.id);
  }
}

/** The same for those that only the second API has. */
export function pruneThinEvents(ctx: Context): void {
  const oldest = ctx.core.clock.now() - KEPT_SECONDS;
  for (const event of [...ctx.world['v2.core.event'].walk('oldest')]) {
    if (Date.parse(event.created) / 1000 >= oldest || isOnItsWay(ctx, event.id)) return;
    dropDeliveries(ctx, event.id);
    ctx.world['v2.core.event'].delete(event.id);
  }
}

function isOnItsWay(ctx: Context, event: string): boolean {
  for (const { state } of ctx.by('_delivery', 'event', event)) if (state === 'pending') return true;
  return false;
}

function dropDeliveries(ctx: Context, event: string): void {
  for (const delivery of [...ctx.by('_delivery', 'event', event)]) {
    ctx.world._delivery.delete(delivery.id);
  }
}
