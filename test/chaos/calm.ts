import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './world';

/** So often has each instance come round to answer, with nothing going through, and nothing will. */
const QUIET_ROUNDS = 5;
/** Milliseconds that a statement may wait for a lock of one that is held up. */
const LOCKED_TIME = 200;

/**
 * Waits until it is over, or what is not over waits for something that is held up. How busy this
 * machine is does not matter: it is counted how often the instances had time, not how long it took.
 *
 * @param isOver absent: until nothing happens any more
 */
export async function calm(places: readonly Place[], isOver?: () => boolean): Promise<void> {
  const gates = places.flatMap(({ postgres, stripe }) => [postgres, stripe]);
  const lastActivity = () => Math.max(...gates.map((gate) => gate.lastActivity));
  for (let quiet = 0; quiet < QUIET_ROUNDS && !isOver?.(); ) {
    await sleep(1);
    // With nothing held up, it will be over.
    if (isOver && !gates.some(({ isHolding }) => isHolding)) continue;
    const before = lastActivity();
    await Promise.all(places.map(({ seat }) => seat.ask('/ping')));
    const isLocked =
      places.some(({ postgres }) => postgres.isHolding) && performance.now() - before > LOCKED_TIME;
    const isBusy = gates.some(({ underWay }) => underWay > 0) && !isLocked;
    quiet = !isBusy && lastActivity() === before ? quiet + 1 : 0;
  }
}
