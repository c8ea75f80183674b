import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenarios';
import { type Observations, Stage, type Venue } from './stage';

/** What became of a scenario at a venue. */
export interface Outcome {
  seen: Observations;
  /** What ended it before its end. */
  problem: string | undefined;
  /** What it could not clean up after itself. */
  left: string[];
}

/**
 * Runs a scenario, for so long at most, and cleans up after it whatever happened. Never throws: what went
 * wrong is part of the report.
 */
export async function rehearse(
  scenario: Scenario,
  venue: Venue,
  mostMilliseconds = 300_000,
): Promise<Outcome> {
  const stage = new Stage(venue);
  const late = new AbortController();
  let problem: string | undefined;
  try {
    await Promise.race([
      scenario.run(stage),
      sleep(mostMilliseconds, undefined, { signal: late.signal, ref: false }).then(() => {
        throw new Error(`It was not over after ${mostMilliseconds / 1000} seconds.`);
      }),
    ]);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  } finally {
    late.abort();
  }
  return { seen: stage.seen, problem, left: await stage.cleanUp() };
}
