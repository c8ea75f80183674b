import fc from 'fast-check';
import { history, historyOfKills } from './history';
import { live } from './live';
import type { World } from './world';

const LONGEST_CUTTING = 60_000;

export interface Options {
  runs: number;
  /** The same seed draws the same histories. */
  seed: number;
  /** Goes straight to one history: what a counterexample is told with. */
  path?: string;
  /** Draws histories of so many kills instead. */
  kills?: number;
  /** Is told after each history that ended right. */
  onRun?: () => void;
  /** Is told once when a history ended wrong, before it is cut down. */
  onWrong?: () => void;
  /** After so many milliseconds, the shortest counterexample that was found is short enough. */
  cutting?: number;
  /** Ends it after the history that is under way. */
  signal?: AbortSignal;
}

/** A history after which the database says something that Stripe does not. */
export interface Counterexample {
  /** What happened, line by line. */
  story: string[];
  /** What was wrong then. */
  error: string;
  seed: number;
  path: string;
}

/**
 * Draws histories and lives through each of them. When one ends wrong, it is cut down to the
 * shortest that still does.
 *
 * @returns null when all ended right
 */
export async function check(world: World, options: Options): Promise<Counterexample | null> {
  const { runs, seed, path, kills, onRun, onWrong, signal, cutting = LONGEST_CUTTING } = options;
  let wrong: Pick<Counterexample, 'story' | 'error'> | undefined;
  let cutUntil = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(kills ? historyOfKills(kills) : history, async (drawn) => {
    if (signal?.aborted || performance.now() > cutUntil) return;
    const story: string[] = [];
    try {
      await live(world, drawn, (line) => story.push(line));
    } catch (error) {
      // Whoever stops the run also stops the instances and the commands of the history under way.
      if (signal?.aborted) return;
      if (!wrong) {
        cutUntil = performance.now() + cutting;
        onWrong?.();
      }
      wrong = { story, error: error instanceof Error ? error.message : String(error) };
      throw error;
    }
    if (!wrong) onRun?.();
  });
  const details = await fc.check(property, { numRuns: runs, seed, path });
  if (!wrong) return null;
  return { ...wrong, seed, path: details.counterexamplePath ?? '' };
}
