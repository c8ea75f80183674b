import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../core/context';
import type { StripeEmulator } from '../../emulator';

const PATIENCE_MILLISECONDS = 10_000;
const STEP_MILLISECONDS = 50;

/**
 * Waits until `checkout.session.completed` has been answered by every endpoint that wants it, ten
 * seconds at most: as at Stripe, who pays then comes back to a page that knows.
 */
export async function completionDelivered(
  emulator: StripeEmulator,
  world: string,
  session: string,
): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MILLISECONDS; waited += STEP_MILLISECONDS) {
    if (emulator.run(world, (ctx) => wasTried(ctx, session))) return;
    await sleep(STEP_MILLISECONDS);
  }
}

function wasTried(ctx: Context, session: string): boolean {
  for (const event of ctx.by('event', 'type', 'checkout.session.completed')) {
    if (!('id' in event.data.object) || event.data.object.id !== session) continue;
    return [...ctx.by('_delivery', 'event', event.id)].every(
      (delivery) => delivery.attempts.length > 0 || delivery.state === 'dropped',
    );
  }
  return true;
}
