import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Core } from './core';

const STEPS_PER_TURN = 20;

/**
 * Moves the emulator's own clock to a time in the future, doing on the way all that is due, of every
 * world, in the order of time and at its time. Test clocks are moved through the API instead.
 * @param to Unix seconds
 */
export async function advanceClock(core: Core, to: number): Promise<void> {
  await workOff(core, to, (at) => core.moveClock(Math.max(at, core.clock.now())));
  if (!core.closed && to > core.clock.now()) core.transact(() => core.moveClock(to));
}

/** Does what has become due as real time passed. */
export function catchUp(core: Core): Promise<void> {
  return workOff(core, core.clock.now());
}

async function workOff(core: Core, until: number, onStep?: (at: number) => void): Promise<void> {
  for (let steps = 1; ; steps++) {
    const world = earliestWorld(core);
    if (core.closed || !world || !core.agenda.runNext(world, null, until, onStep)) return;
    if (steps % STEPS_PER_TURN === 0) await nextTurn();
  }
}

function earliestWorld(core: Core): string | undefined {
  let earliest: { world: string; at: number } | undefined;
  for (const world of core.store.worlds) {
    const at = core.agenda.nextAt(world, null);
    if (at !== undefined && (!earliest || at < earliest.at)) earliest = { world, at };
  }
  return earliest?.world;
}
