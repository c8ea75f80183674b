import { type Difference, differences } from './compare';
import { type Outcome, rehearse } from './rehearse';
import type { Scenario } from './scenarios';
import type { Observations, Venue } from './stage';

/** What a run found. */
export interface Report {
  differences: Difference[];
  /** What went wrong, by scenario and venue; such a scenario is compared as far as it came. */
  problems: string[];
}

/**
 * Runs every scenario in the emulator and, when there is one, at Stripe, one after the other.
 * @param tell is told of each scenario as it is over
 */
export async function report(
  scenarios: readonly Scenario[],
  emulator: Venue,
  stripe: Venue | undefined,
  tell: (line: string) => void,
): Promise<Report> {
  const found: Difference[] = [];
  const problems: string[] = [];
  for (const scenario of scenarios) {
    const here = await rehearse(scenario, emulator);
    const there = stripe && (await rehearse(scenario, stripe));
    const wrong = [
      ...problemsOf(scenario, emulator, here),
      ...(stripe && there ? problemsOf(scenario, stripe, there) : []),
    ];
    problems.push(...wrong);
    const compared = there ? differences(scenario.name, ...comparable(here, there)) : [];
    found.push(...compared);
    const count = compared.filter(({ reason }) => reason === undefined).length;
    tell(
      `${scenario.name}: ${wrong.length > 0 ? 'went wrong' : there ? `${count} different` : 'done'}`,
    );
  }
  return { differences: found, problems };
}

/** All that both saw, or what both came to when one of them did not get to the end. */
function comparable(here: Outcome, there: Outcome): [Observations, Observations] {
  if (here.problem === undefined && there.problem === undefined) return [here.seen, there.seen];
  const both = ([name]: [string, unknown]) => name in here.seen && name in there.seen;
  return [
    Object.fromEntries(Object.entries(here.seen).filter(both)),
    Object.fromEntries(Object.entries(there.seen).filter(both)),
  ];
}

function problemsOf({ name }: Scenario, venue: Venue, { left, problem }: Outcome): string[] {
  return [
    ...(problem === undefined ? [] : [`${name}, ${venue.name}: ${problem}`]),
    ...left.map((what) => `${name}, ${venue.name}, cleaning up: ${what}`),
  ];
}

/** The report for people: what is to be looked into, and then what is known. */
export function printed({ differences: found, problems }: Report): string {
  const open = found.filter(({ reason }) => reason === undefined);
  const known = found.filter(({ reason }) => reason !== undefined);
  return [
    ...problems.map((problem) => `WRONG  ${problem}`),
    ...open.map(
      ({ scenario, path, emulator, stripe }) =>
        `DIFFERENT  ${scenario}: ${path}\n    emulator  ${shown(emulator)}\n    Stripe    ${shown(stripe)}`,
    ),
    ...known.map(({ scenario, path, reason }) => `known  ${scenario}: ${path} (${reason})`),
    `${open.length} different, ${known.length} known differences, ${problems.length} went wrong`,
  ].join('\n');
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)} …` : text;
}
