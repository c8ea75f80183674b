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
  | { step: 'change the plan'; customer: number; choice: number; to: number; trouble: Trouble }
  | { step: 'keep the plan'; customer: number; to: number; trouble: Trouble }
  | { step: 'return from Checkout'; customer: number; to: number; trouble: Trouble }
  | { step: 'members change'; joins: boolean; to: number; trouble: Trouble }
  | { step: 'use at once'; customer: number; n: number; times: number }
  | { step: 'kill'; to: number }
  | { step: 'kill at work'; to: number; milliseconds: number }
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
const customer = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);
/** Even numbers are the oldest events that are on their way, odd ones the newest. */
const event = fc.nat(9);

/** About as long as an instance works on an event. */
const milliseconds = fc.nat(60);

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
  one(3, 'change the plan', { customer, choice: fc.nat(11), to, trouble }),
  one(1, 'keep the plan', { customer, to, trouble }),
  one(1, 'return from Checkout', { customer, to, trouble }),
  one(2, 'members change', { joins: fc.constantFrom(true, true, false), to, trouble }),
  one(1, 'use at once', {
    customer,
    n: fc.constantFrom(1, 30, 300),
    times: fc.integer({ min: 1, max: 4 }),
  }),
  one(1, 'kill', { to }),
  one(1, 'kill at work', { to, milliseconds }),
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

/**
 * A history of so many kills, in the middle of deliveries that are doubled and out of order, while people go on
 * and events get lost. In the end, `reconcile --fix` has to put everything right, once.
 */
export function historyOfKills(kills: number): fc.Arbitrary<History> {
  const round = fc.tuple(
    once('act', { customer, action }),
    once('act', { customer, action }),
    fc.oneof(
      one(2, 'lose', { event }),
      one(1, 'deliver once more', { event, to }),
      one(1, 'time passes', { days: fc.constantFrom(1, 2) }),
    ),
    once('kill at work', { to, milliseconds }),
  );
  return fc.record({
    isTold: fc.boolean(),
    steps: fc.array(round, { minLength: kills, maxLength: kills }).map((rounds) => rounds.flat()),
    ending: fc.constant('left to `billing reconcile --fix`' as const),
  });
}

function one<Name extends string, Details>(
  weight: number,
  name: Name,
  details: { [Key in keyof Details]: fc.Arbitrary<Details[Key]> },
) {
  return { weight, arbitrary: once(name, details) };
}

function once<Name extends string, Details>(
  name: Name,
  details: { [Key in keyof Details]: fc.Arbitrary<Details[Key]> },
) {
  return fc.record<Details>(details).map((drawn) => ({ step: name, ...drawn }));
}

function weighted<Value extends string>(weights: Record<Value, number>): fc.Arbitrary<Value> {
  const values: Value[] = [];
  for (const value in weights) values.push(...Array<Value>(weights[value]).fill(value));
  return fc.constantFrom(...values);
}
