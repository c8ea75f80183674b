import type { Context } from './context';

const KEPT_SECONDS = 30 * 24 * 60 * 60;

/**
 * Lets go of the events that are older than thirty days by the emulator's clock, and of their
 * deliveries. An event of a test clock counts from when it was written, whatever its `created` says.
 */
export function pruneEvents(ctx: Context): void {
  const oldest = ctx.core.clock.now() - KEPT_SECONDS;
  for (;;) {
    const [event] = ctx.world.event.walk('oldest');
    if (!event) return;
    const written = ctx.find('_recorded', event.id)?.at ?? event.created;
    if (written >= oldest) return;
    for (const delivery of [...ctx.by('_delivery', 'event', event.id)]) {
      ctx.world._delivery.delete(delivery.id);
    }
    ctx.world.event.delete(event.id);
    ctx.world._recorded.delete(event.id);
  }
}
