import { knownDifferences } from './known-differences';
import type { Observations } from './stage';

/** One thing that is not the same here and there. */
export interface Difference {
  scenario: string;
  /** Where, such as `subscription.items.data[0].price`. */
  path: string;
  emulator: unknown;
  stripe: unknown;
  /** Why that is so, when it is known; undefined for what is to be looked into. */
  reason: string | undefined;
}

/** What differs between what a scenario saw in the emulator and at Stripe. */
export function differences(
  scenario: string,
  emulator: Observations,
  stripe: Observations,
): Difference[] {
  return [...differ(emulator, stripe, '')].map(([path, here, there]) => {
    const known = knownDifferences.find(
      (one) => one.path.test(path) && (one.scenario ?? scenario) === scenario,
    );
    return { scenario, path, emulator: here, stripe: there, reason: known?.reason };
  });
}

function* differ(
  here: unknown,
  there: unknown,
  path: string,
): Generator<[string, unknown, unknown]> {
  if (Array.isArray(here) && Array.isArray(there)) {
    const length = Math.max(here.length, there.length);
    for (let at = 0; at < length; at++) yield* differ(here[at], there[at], `${path}[${at}]`);
  } else if (isHash(here) && isHash(there)) {
    for (const name of new Set([...Object.keys(here), ...Object.keys(there)])) {
      yield* differ(here[name], there[name], path === '' ? name : `${path}.${name}`);
    }
  } else if (here !== there) {
    yield [path, here, there];
  }
}

function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
