import { addIntervals } from '../core/calendar';
import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { TestClock } from './objects';

/**
 * Starts to move a test clock to a later time and gives it in the state `advancing`; what is due on
 * the way happens behind the reply, each thing at its time, then the clock is `ready`.
 *
 * @throws StripeError for a time in the past or too far ahead, or a clock that is moving
 */
export function advanceTestClock(ctx: Context, id: string, to: number): TestClock {
  const clock = ctx.get('test_helpers.test_clock', id);
  if (clock.status !== 'ready') {
    throw invalidRequest('Test clock advancement underway. Please wait until it is ready.');
  }
  if (to <= clock.frozen_time) {
    throw invalidRequest(
      'The `frozen_time` to advance to must be later than the current `frozen_time`.',
      'frozen_time',
    );
  }
  if (to > addIntervals(clock.frozen_time, 'year', 2)) {
    throw invalidRequest(
      'A test clock can be advanced by at most two years at a time.',
      'frozen_time',
    );
  }
  const moving = ctx.update('test_helpers.test_clock', id, {
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: to } },
  });
  ctx.emit('test_helpers.test_clock.advancing', moving);
  ctx.afterCommit(() => goOn(ctx, id, to));
  return moving;
}

/** Goes on where a restart cut an advance off. */
export function resumeAdvancing(ctx: Context): void {
  for (const clock of ctx.world['test_helpers.test_clock'].walk()) {
    const target = clock.status_details.advancing?.target_frozen_time;
    if (target !== undefined) goOn(ctx, clock.id, target);
  }
}

/** An advance that is cut off (the server closes) goes on at the next start. */
function goOn(ctx: Context, id: string, to: number): void {
  finishAdvancing(ctx, id, to).catch((error: unknown) => {
    process.stderr.write(`emulator: test clock ${id} stopped on its way: ${String(error)}\n`);
  });
}

async function finishAdvancing(ctx: Context, id: string, to: number): Promise<void> {
  const { core, worldName } = ctx;
  await core.agenda.advance(worldName, id, to, (at) => {
    if (ctx.find('test_helpers.test_clock', id)) {
      ctx.update('test_helpers.test_clock', id, { frozen_time: at });
    }
  });
  core.transact(() => {
    if (!ctx.find('test_helpers.test_clock', id)) return;
    const ready = core.context(worldName).update('test_helpers.test_clock', id, {
      frozen_time: to,
      status: 'ready',
      status_details: {},
    });
    core.context(worldName).emit('test_helpers.test_clock.ready', ready);
  });
}
