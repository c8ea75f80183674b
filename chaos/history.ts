import fc from 'fast-check';
import { type Action, action } from './actions';
import type { DatabaseTrouble } from './postgres-gate';
import type { StripeTrouble } from './stripe-gate';

/** One thing that happens. Numbers choose among what there is at that moment. */
export type Step =
  | { step: 'act'; customer: number; action: Action }
  | { step: 'time passes'; days: number }
  | { step: 'deliver'; event: number; to: number; trouble: Trouble }
  | { step: 'deliver all at once' }
  | { step: 'drop for good'; event: number }
  | { step: 'return from Stripe'; customer: number; to: number; trouble: Trouble }
  | { step: 'let go'; to: number }
  | { step: 'kill'; to: number }
  | { step: 'clock is wrong'; to: number; seconds: number };

export type Trouble =
  | { kind: 'none' }
  | { kind: 'Stripe'; how: StripeTrouble }
  | { kind: 'database'; how: DatabaseTrouble; nth: number };

const to = fc.nat(1);
const customer = fc.nat(2);
/** Small numbers are the oldest events that are on their way, large ones the newest. */
const event = fc.nat(9);

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'none' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('Stripe' as const),
      how: fc.oneof(
        { weight: 8, arbitrary: fc.constant('hold' as const) },
        { weight: 4, arbitrary: fc.constantFrom('late' as const, '429' as const, '500' as const) },
        { weight: 1, arbitrary: fc.constantFrom('cut' as const, 'cut-answer' as const) },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('database' as const),
      how: fc.constantFrom(
        'cut-before' as const,
        'cut-after' as const,
        'hold' as const,
        'hold-answer' as const,
      ),
      nth: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ step: fc.constant('act' as const), customer, action }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant('time passes' as const),
      days: fc.constantFrom(1, 8, 32, 95),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ step: fc.constant('deliver' as const), event, to, trouble }),
  },
  { weight: 2, arbitrary: fc.constant({ step: 'deliver all at once' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ step: fc.constant('drop for good' as const), event }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant('return from Stripe' as const),
      ...{ customer, to, trouble },
    }),
  },
  { weight: 4, arbitrary: fc.record({ step: fc.constant('let go' as const), to }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('kill' as const), to }) },
  {
    weight: 1,
    arbitrary: fc.record({
      step: fc.constant('clock is wrong' as const),
      to,
      seconds: fc.constantFrom(-1200, -120, 0, 120, 1200),
    }),
  },
);

export const history: fc.Arbitrary<Step[]> = fc.array(step, {
  minLength: 1,
  maxLength: 30,
  size: 'max',
});

/** A history as one reads it, a line for each step. */
export function tell(steps: readonly Step[]): string {
  return steps.map((each, index) => `${index + 1}. ${tellStep(each)}`).join('\n');
}

function tellStep(each: Step): string {
  switch (each.step) {
    case 'act':
      return `customer ${each.customer}: ${tellAction(each.action)}`;
    case 'time passes':
      return `${each.days} days pass`;
    case 'deliver':
      return `event ${each.event} is delivered to instance ${each.to}${tellTrouble(each.trouble)}`;
    case 'return from Stripe':
      return `customer ${each.customer} returns to instance ${each.to}${tellTrouble(each.trouble)}`;
    case 'drop for good':
      return `event ${each.event} is lost`;
    case 'let go':
      return `what is held at instance ${each.to} goes on`;
    case 'kill':
      return `instance ${each.to} is killed`;
    case 'clock is wrong':
      return `the clock of instance ${each.to} is off by ${each.seconds} s`;
    default:
      return 'everything under way is delivered at once';
  }
}

function tellAction({ kind, ...details }: Action): string {
  return `${kind} ${JSON.stringify(details)}`;
}

function tellTrouble(each: Trouble): string {
  if (each.kind === 'none') return '';
  if (each.kind === 'Stripe') return `; Stripe's answer: ${each.how}`;
  return `; statement ${each.nth}: ${each.how}`;
}
