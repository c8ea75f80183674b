import fc from 'fast-check';
import { type Action, action } from './actions';
import type { DatabaseTrouble, StripeTrouble } from './happenings';

/** What is drawn. */
export type History = {
  /** Whether we know everything at first: else what is behind may be told any time later. */
  isTold: boolean;
  /** What happens, one thing after the other. */
  steps: Step[];
  /** How it is put right in the end. */
  ending: Ending;
};

/** One thing that happens. Numbers choose among what there is at that moment. */
export type Step =
  | { step: 'act'; customer: number; action: Action }
  | { step: 'time passes'; days: number }
  | { step: 'deliver'; event: number; to: number; trouble: Trouble }
  | { step: 'deliver once more'; event: number; to: number }
  | { step: 'deliver all at once' }
  | { step: 'lose'; event: number }
  | { step: 'return from Stripe'; customer: number; to: number; trouble: Trouble }
  | { step: 'take on'; to: number; trouble: Trouble }
  | { step: 'reconcile'; all: boolean; customer: number; to: number; trouble: Trouble }
  | { step: 'let go'; to: number }
  | { step: 'kill'; to: number }
  | { step: 'clock is wrong'; to: number; seconds: number };

/** The trouble that a step meets, if it comes as far as the request or statement that is meant. */
export type Trouble =
  | { kind: 'none' }
  | { kind: 'Stripe'; how: StripeTrouble }
  | { kind: 'database'; how: DatabaseTrouble; nth: number };

/** What becomes of the events that were not taken. Lost ones are left to `reconcile` in any case. */
export const endings = [
  'delivered until they are taken',
  'left to `billing reconcile --fix`',
  'left to `billing reconcile --all --fix`',
  'failed all, and are left to `billing replay --failed`',
] as const;

export type Ending = (typeof endings)[number];

const to = fc.nat(1);
/** Mostly those with whom much can happen. */
const customer = fc.constantFrom(0, 0, 0, 1, 1, 2);
/** Even numbers are the oldest events that are on their way, odd ones the newest. */
const event = fc.nat(9);

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'none' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('Stripe' as const),
      how: weighted<StripeTrouble>({
        hold: 16,
        late: 3,
        '429': 3,
        '500': 3,
        cut: 2,
        'cut-answer': 2,
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('database' as const),
      how: weighted<DatabaseTrouble>({
        'cut-before': 1,
        'cut-after': 1,
        hold: 1,
        'hold-answer': 1,
      }),
      nth: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  one(14, 'act', { customer, action }),
  one(2, 'time passes', { days: fc.constantFrom(1, 8, 32, 95) }),
  one(12, 'deliver', { event, to, trouble }),
  one(2, 'deliver once more', { event, to }),
  one(2, 'deliver all at once', {}),
  one(1, 'lose', { event }),
  one(2, 'return from Stripe', { customer, to, trouble }),
  one(1, 'take on', { to, trouble }),
  one(1, 'reconcile', { all: fc.boolean(), customer, to, trouble }),
  one(2, 'let go', { to }),
  one(1, 'kill', { to }),
  one(1, 'clock is wrong', { to, seconds: fc.constantFrom(-1200, -120, 0, 120, 1200) }),
);

export const history: fc.Arbitrary<History> = fc.record({
  isTold: fc.constantFrom(true, true, true, false),
  steps: fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }),
  ending: fc.oneof(
    { weight: 2, arbitrary: fc.constant(endings[0]) },
    { weight: 1, arbitrary: fc.constantFrom(...endings.slice(1)) },
  ),
});

function one<Name extends string, Details>(
  weight: number,
  name: Name,
  details: { [Key in keyof Details]: fc.Arbitrary<Details[Key]> },
) {
  const arbitrary = fc.record<Details>(details).map((drawn) => ({ step: name, ...drawn }));
  return { weight, arbitrary };
}

function weighted<Value extends string>(weights: Record<Value, number>): fc.Arbitrary<Value> {
  const values: Value[] = [];
  for (const value in weights) values.push(...Array<Value>(weights[value]).fill(value));
  return fc.constantFrom(...values);
}
