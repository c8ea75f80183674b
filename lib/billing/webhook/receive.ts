import { type Stamp, takeStamp } from '../mirror/sequence';
import { syncForEvent } from '../mirror/sync';
import { type EventFacts, readEvent } from './event';
import { markFailed, record } from './event-log';
import { InvalidSignatureError, verifySignature } from './signature';

/**
 * Takes one delivery of a Stripe event: records it once by its id, then reads anew what it says has
 * changed. Of the payload nothing is trusted but whose it is: Stripe is asked what is true now, so
 * that late, doubled and reordered deliveries all end in the same state.
 *
 * @param body the request's body as it came, before any parsing
 * @param signature the Stripe-Signature header
 * @throws InvalidSignatureError when it is not an event signed with one of our secrets: answer 400
 * @throws anything else when it could not be processed; that is recorded, and answering 5xx makes
 *   Stripe send it again
 */
export async function receiveEvent(body: string, signature: string | null): Promise<void> {
  verifySignature(body, signature);
  const event = parse(body);
  if (!event) throw new InvalidSignatureError('This is not a Stripe event.');
  await takeEvent(event);
}

/**
 * Records an event and does what it asks for: also for one that was not delivered, but found.
 *
 * @throws when it could not be processed, after that was recorded
 */
export async function takeEvent(event: EventFacts): Promise<void> {
  const { id, customerId, part } = event;
  const recorded = await record(event);
  if (recorded.status === 'processed' || !customerId || !part) return;
  const stamp = 'stamp' in recorded ? recorded.stamp : await lateStamp(customerId, recorded);
  if (!stamp) return;
  try {
    await syncForEvent(stamp, part, id);
  } catch (error) {
    await markFailed([id], error);
    throw error;
  }
}

/**
 * A customer may get its row while an event about it is recorded as a stranger's. Whoever makes the
 * row looks for such events after it, and we look for the row after the event: one of us finds.
 */
function lateStamp(
  customerId: string,
  { isNewStranger }: { isNewStranger: boolean },
): Promise<Stamp | null> {
  return isNewStranger ? takeStamp(customerId) : Promise.resolve(null);
}

function parse(body: string): EventFacts | null {
  try {
    return readEvent(JSON.parse(body));
  } catch {
    return null;
  }
}
