import fc, { type RunDetails } from 'fast-check';
import type { Step } from './history';
import { history, tell } from './history';
import { live } from './live';
import type { World } from './world';

export type Progress = { runs: number; deliveries: number; events: number };

/**
 * Draws histories and lives through each of them. When one ends wrong, it is cut down to the
 * shortest that still does.
 *
 * @param seed the same seed draws the same histories
 * @returns null when all ended right, else the report with the counterexample
 */
export async function check(
  world: World,
  { runs, seed, onRun }: { runs: number; seed: number; onRun?: (progress: Progress) => void },
): Promise<string | null> {
  const progress: Progress = { runs: 0, deliveries: 0, events: 0 };
  const property = fc.asyncProperty(history, async (steps) => {
    const { deliveries, events } = await live(world, steps);
    progress.runs++;
    progress.deliveries += deliveries;
    progress.events += events;
    onRun?.(progress);
  });
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: false });
  return details.failed ? report(details) : null;
}

function report({
  seed,
  numRuns,
  numShrinks,
  counterexample,
  errorInstance,
}: RunDetails<[Step[]]>) {
  return [
    `Wrong after ${numRuns} histories (seed ${seed}); cut down in ${numShrinks} steps to:`,
    tell(counterexample?.[0] ?? []),
    errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
  ].join('\n');
}
