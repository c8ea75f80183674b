import { fire } from './load';
import type { World } from './places';
import { clicks, freshEvents } from './shots';

/** What one of each costs: counted where it arrives, not timed. */
export interface Cost {
  work: string;
  /** SQL statements on the wire, BEGIN and COMMIT among them. */
  statements: number;
  stripeRequests: number;
  /** The most that it may be. */
  budget: { statements: number; stripeRequests: number };
}

const TIMES = 20;

/** Counts what reaches the database and Stripe for events, duplicates and clicks, on average. */
export async function countCosts(
  { model, stripe, places, counted: { app, gate } }: World,
  signal: AbortSignal,
): Promise<Cost[]> {
  const customers = places[0]?.customers ?? 0;
  const events = freshEvents(model, customers, TIMES);
  const visits = await clicks(model, customers, { app, count: TIMES });
  const works = [
    ['new event', events, { statements: 4, stripeRequests: 1 }],
    ['duplicate', events, { statements: 1, stripeRequests: 0 }],
    ['click', visits, { statements: 2, stripeRequests: 1 }],
  ] as const;
  const costs: Cost[] = [];
  for (const [work, shots, budget] of works) {
    gate.takeCount();
    stripe.takeCount();
    await fire(app, shots, { atOnce: 1, signal });
    costs.push({
      work,
      statements: gate.takeCount() / TIMES,
      stripeRequests: stripe.takeCount() / TIMES,
      budget,
    });
  }
  return costs;
}

export function isWithin({ statements, stripeRequests, budget }: Cost): boolean {
  return statements <= budget.statements && stripeRequests <= budget.stripeRequests;
}
