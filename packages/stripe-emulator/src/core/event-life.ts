import type { Context } from './context';
import type { Delivery } from './delivery';

const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** So that a long load does not fill the memory with what nobody reads. */
const MOST_KEPT = 20_000;

/**
 * Lets go of the events that are older than thirty days by the emulator's clock, or beyond so many, and
 * of their deliveries. A clock that is moved by months does not take away what is still to be delivered.
 * An event of a test clock counts from when it was written, whatever its `created` says.
 */
export function pruneEvents(ctx: Context): void {
  for (;;) {
    const [event] = ctx.world.event.walk('oldest');
    if (!event) return;
    const written = ctx.find('_recorded', event.id)?.at ?? event.created;
    if (!isOver(ctx, event.id, written, ctx.world.event.size)) return;
    dropDeliveries(ctx, event.id);
    ctx.world.event.delete(event.id);
    ctx.world._recorded.delete(event.id);
  }
}

/** The same for those that only the second API has. */
export function pruneThinEvents(ctx: Context): void {
  const events = ctx.world['v2.core.event'];
  for (;;) {
    const [event] = events.walk('oldest');
    if (!event || !isOver(ctx, event.id, Date.parse(event.created) / 1000, events.size)) return;
    dropDeliveries(ctx, event.id);
    events.delete(event.id);
  }
}

/** @param count how many events there are, this one included */
function isOver(ctx: Context, event: string, written: number, count: number): boolean {
  const isOld = written < ctx.core.clock.now() - KEPT_SECONDS;
  if (!isOld && count < MOST_KEPT) return false;
  // A year of many customers writes more than is kept before anything could be delivered. What was
  // tried and not taken may go: an endpoint that is down would otherwise hold on to everything.
  const waits = ({ state, attempts }: Delivery) =>
    state === 'pending' && (count < MOST_KEPT || attempts.length === 0);
  for (const delivery of ctx.by('_delivery', 'event', event)) if (waits(delivery)) return false;
  return true;
}

function dropDeliveries(ctx: Context, event: string): void {
  for (const delivery of [...ctx.by('_delivery', 'event', event)]) {
    ctx.world._delivery.delete(delivery.id);
  }
}
