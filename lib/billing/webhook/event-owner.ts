import { refusedParam } from '../errors';
import { idOf, isLivemode, stripe } from '../stripe';
import type { EventFacts } from './event';

/**
 * An event with the customer it is about. A dispute names only its payment, so Stripe is asked whose that
 * is: our own invoice may not know the payment yet.
 *
 * @throws Stripe.errors.StripeError when Stripe fails or is slow
 */
export async function withCustomer(event: EventFacts): Promise<EventFacts> {
  const { customerId, resource, payment, livemode, account } = event;
  if (customerId || !resource || !payment || account || livemode !== isLivemode()) return event;
  try {
    const { customer } = await stripe().paymentIntents.retrieve(payment);
    return { ...event, customerId: customer && idOf(customer) };
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    return event;
  }
}
