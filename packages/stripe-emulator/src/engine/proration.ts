import type { Period } from '../core/calendar';
import { share } from './money';

/** One subscription item's part in a change: what it costs for the whole of its period. */
export interface Charge {
  amount: number;
  period: Period;
}

/** A credit or debit for part of a period; `amount` in the smallest unit, negative for credits. */
export interface Proration {
  amount: number;
  period: Period;
}

/**
 * What is given back for the unused rest of a period, to the second.
 *
 * The rest counts from the moment of the change to the end of the period. Rounding is the same in
 * both directions, so a credit and a debit of the same price at the same moment cancel out.
 */
export function unusedTime(charge: Charge, at: number): Proration {
  const rest = remainder(charge.period, at);
  return { amount: -part(charge, rest) || 0, period: rest };
}

/** What is charged for the rest of a period from the moment of the change, to the second. */
export function remainingTime(charge: Charge, at: number): Proration {
  const rest = remainder(charge.period, at);
  return { amount: part(charge, rest), period: rest };
}

function remainder(period: Period, at: number): Period {
  return { start: Math.min(Math.max(at, period.start), period.end), end: period.end };
}

function part(charge: Charge, rest: Period): number {
  return share(charge.amount, rest.end - rest.start, charge.period.end - charge.period.start);
}
