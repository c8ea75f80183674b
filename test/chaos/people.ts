import { randomUUID } from 'node:crypto';
import { lookupKey, paidPlans } from '@/lib/billing/plans';
import { monthly } from '../support/plans';
import { type Action, act } from './actions';
import type { World } from './world';

export interface Person {
  /** What a report calls them. */
  name: string;
  /** The id of the user, or of the team. */
  user: string;
  /** Stripe's id of the customer. */
  customer: string;
  /** Whether our database knows that the customer is this user's. */
  isKnown: boolean;
  isTeam: boolean;
}

const details = { price: monthly, card: 'pm_card_visa', coupon: 'TENTH' } as const;
const numbers = { index: 0, quantity: 1, days: 7 };
const addCard: Action = { kind: 'add a card', ...details, ...numbers };
const subscribe: Action = { kind: 'subscribe', ...details, ...numbers };
const bySeat = paidPlans.find(({ seats }) => seats?.min === 1);
const buySeat: Action = { ...subscribe, price: bySeat ? lookupKey(bySeat, 'month') : monthly };

type Part = {
  name: string;
  deeds: readonly Action[];
  isKnown: boolean;
  isTeam?: boolean;
};

const cast: readonly Part[] = [
  { name: 'The subscriber', deeds: [addCard, subscribe], isKnown: true },
  { name: 'The visitor', deeds: [addCard], isKnown: true },
  // As if we had made the customer and were cut off before we wrote down whose it is.
  { name: 'The newcomer', deeds: [], isKnown: false },
  { name: 'The team', deeds: [addCard, buySeat], isKnown: true, isTeam: true },
];

/** Everybody in a history, as they are at its beginning. */
export async function createPeople({ stripe, database }: World): Promise<Person[]> {
  const people: Person[] = [];
  for (const { name, deeds, isKnown, isTeam } of cast) {
    const email = `${randomUUID()}@example.com`;
    const { id: userId } = await database.user.create({ data: { email } });
    const members = { create: { userId, role: 'owner' } };
    const { id: user } = isTeam
      ? await database.team.create({ data: { name: 'Crew', email, members } })
      : { id: userId };
    const metadata = { userId: user };
    const { id } = stripe.call('test', 'POST', '/v1/customers', { email, metadata });
    const customer = String(id);
    if (isKnown) {
      const link = { where: { id: user }, data: { stripeCustomerId: customer } };
      await database.user.updateMany(link);
      await database.team.updateMany(link);
    }
    for (const deed of deeds) act(stripe, customer, deed);
    people.push({ name, user, customer, isKnown, isTeam: isTeam ?? false });
  }
  return people;
}
