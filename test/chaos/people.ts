import { randomUUID } from 'node:crypto';
import { monthly } from '../support/plans';
import { act } from './actions';
import type { World } from './world';

export interface Person {
  /** What a report calls them. */
  name: string;
  /** The id of the user. */
  user: string;
  /** Stripe's id of the customer. */
  customer: string;
  /** Whether our database knows that the customer is this user's. */
  isKnown: boolean;
}

const details = { price: monthly, card: 'pm_card_visa', coupon: 'TENTH' } as const;
const numbers = { index: 0, quantity: 1, days: 7 };
const addCard = { kind: 'add a card', ...details, ...numbers } as const;
const subscribe = { kind: 'subscribe', ...details, ...numbers } as const;

const cast = [
  { name: 'The subscriber', deeds: [addCard, subscribe], isKnown: true },
  { name: 'The visitor', deeds: [addCard], isKnown: true },
  // As if we had made the customer and were cut off before we wrote down whose it is.
  { name: 'The newcomer', deeds: [], isKnown: false },
] as const;

/** Everybody in a history, as they are at its beginning. */
export async function createPeople({ stripe, database }: World): Promise<Person[]> {
  const people: Person[] = [];
  for (const { name, deeds, isKnown } of cast) {
    const email = `${randomUUID()}@example.com`;
    const { id: user } = await database.user.create({ data: { email } });
    const metadata = { userId: user };
    const { id } = stripe.call('test', 'POST', '/v1/customers', { email, metadata });
    const customer = String(id);
    if (isKnown) {
      await database.user.update({ where: { id: user }, data: { stripeCustomerId: customer } });
    }
    for (const deed of deeds) act(stripe, customer, deed);
    people.push({ name, user, customer, isKnown });
  }
  return people;
}
