import Stripe from 'stripe';
import { db } from '../db';
import { env } from '../env';
import { isLivemode, stripe } from './stripe';
import { syncCustomer } from './sync';

/**
 * Takes one delivery of a Stripe event: records it once by its id, then syncs the customer that it
 * names. Of the payload nothing is trusted but that name: Stripe is asked what is true now, so that
 * late, doubled and reordered deliveries all end in the same state.
 *
 * @param body the request's body as it came, before any parsing
 * @param signature the Stripe-Signature header
 * @throws InvalidSignatureError when it is not signed with one of our secrets: answer 400
 * @throws anything else when it could not be processed; that is recorded, and answering 5xx makes
 *   Stripe send it again
 */
export async function receiveEvent(body: string, signature: string | null): Promise<void> {
  const event = verify(body, signature);
  const customerId = customerOf(event);
  if (!(await isNew(event, customerId))) return;
  try {
    const why = await process(event, customerId);
    if (why) await close(event.id, 'ignored', why);
  } catch (error) {
    await close(event.id, 'failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** What was delivered is not signed with any of our secrets, or too long ago. */
export class InvalidSignatureError extends Error {
  override name = 'InvalidSignatureError';
}

/** The SDK checks one secret at a time; while one is being replaced there are two. */
function verify(body: string, signature: string | null): Stripe.Event {
  if (!signature) throw new InvalidSignatureError('The Stripe-Signature header is missing.');
  for (const secret of env().STRIPE_WEBHOOK_SECRET) {
    try {
      return stripe().webhooks.constructEvent(body, signature, secret);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) {
        throw new InvalidSignatureError('This is not a Stripe event.', { cause: error });
      }
    }
  }
  throw new InvalidSignatureError(
    'No configured secret signed this, or it is over five minutes old.',
  );
}

function customerOf(event: Stripe.Event): string | null {
  const { object } = event.data;
  if ('object' in object && object.object === 'customer') return object.id;
  const customer = 'customer' in object ? object.customer : null;
  if (typeof customer === 'string') return customer;
  // What was just detached from a customer names it only among its previous attributes.
  const before: object = event.data.previous_attributes ?? {};
  return 'customer' in before && typeof before.customer === 'string' ? before.customer : null;
}

async function isNew(event: Stripe.Event, customerId: string | null): Promise<boolean> {
  const { id, type, livemode } = event;
  const recorded = await db().stripeEvent.upsert({
    where: { id },
    create: {
      ...{ id, type, livemode, customerId },
      status: 'received',
      createdAt: new Date(event.created * 1000),
    },
    update: { attempts: { increment: 1 } },
    select: { status: true },
  });
  return recorded.status !== 'processed' && recorded.status !== 'ignored';
}

/** @returns why there was nothing to do, or undefined when the event was processed */
async function process(
  event: Stripe.Event,
  customerId: string | null,
): Promise<string | undefined> {
  if (event.livemode !== isLivemode()) {
    return `it is from ${event.livemode ? 'live' : 'test'} mode, and our key is not`;
  }
  if (!customerId) return 'it is about no customer';
  const result = await syncCustomer(customerId, event);
  return result === 'unknown' ? `${customerId} is not a customer of ours` : undefined;
}

async function close(id: string, status: 'ignored' | 'failed', error: string): Promise<void> {
  await db().stripeEvent.update({
    where: { id },
    data: { status, error, processedAt: new Date() },
  });
}
