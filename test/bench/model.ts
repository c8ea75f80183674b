import { stripe } from '../../lib/billing/stripe';
import { readEvent } from '../../lib/billing/webhook/event';
import { processEvent } from '../../lib/billing/webhook/receive';
import { db } from '../../lib/db';
import { createSubscriber, type Subscriber } from '../support/subscribers';

/** The one subscriber who is real, in the database and at Stripe's stand-in. All others are copies. */
export interface Model extends Subscriber {
  /** Stripe's ids that are this customer's alone: those of the n-th copy end in `_n`. */
  ids: readonly string[];
  /** An event about the subscription, as Stripe would deliver it. */
  event: object;
}

/** Makes the subscriber, with an invoice and an event in the event log. */
export async function createModel(): Promise<Model> {
  const subscriber = await createSubscriber();
  const { customer, subscription, item } = subscriber;
  await stripe().subscriptions.update(subscription, { metadata: { note: 'changed' } });
  const type = 'customer.subscription.updated';
  const [event] = (await stripe().events.list({ type, limit: 1 })).data;
  const facts = readEvent(event);
  if (!event || !facts) throw new Error('The stand-in has no event of an update.');
  await processEvent(facts);
  const invoices = await db().invoice.findMany({ where: { customerId: customer } });
  // A database is copied only while nobody is connected to it.
  await db().$disconnect();
  const ids = [customer, subscription, item, ...invoices.map(({ id }) => id)];
  return { ...subscriber, ids, event };
}
