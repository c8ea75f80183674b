import { log } from '../../log';
import { withSpan } from '../../tracing';
import { type SequenceNumber, takeSequenceNumber } from '../mirror/sequence';
import { syncForEvent } from '../mirror/sync';
import { type EventFacts, readEvent } from './event';
import { markFailed, recordEvent } from './event-log';
import { withCustomer } from './event-owner';
import { refundDeletedCustomer } from './late-payment';
import { putNewCardToUse } from './new-card';
import { InvalidSignatureError, verifySignature } from './signature';

/**
 * Handles one delivery of a Stripe event: records it once by its id, then reads again what it says
 * has changed. Nothing in the payload is trusted except whose it is. Stripe is asked what is true now,
 * so late, duplicate and reordered deliveries all end in the same state.
 *
 * @param body the request's body as it arrived, before any parsing
 * @param signature the Stripe-Signature header
 * @throws InvalidSignatureError when it is not an event signed with one of our secrets: answer 400
 * @throws anything else when it could not be processed: that is recorded, and answering 5xx makes
 *   Stripe send it again
 */
export async function receiveEvent(body: string, signature: string | null): Promise<void> {
  verifySignature(body, signature);
  const event = parse(body);
  if (!event) throw new InvalidSignatureError('This is not a Stripe event.');
  const { id, type } = event;
  const attributes = { 'stripe.event.id': id, 'stripe.event.type': type };
  const status = await withSpan('Stripe webhook', { attributes }, () => processEvent(event));
  const lagSeconds = Math.max(0, Math.round((Date.now() - event.createdAt.getTime()) / 1000));
  log.info('webhook received', { id, type, status, lagSeconds });
}

/**
 * Records an event and does what it asks for, whether it was delivered or found in Stripe's list.
 *
 * @returns what became of it: `processed`, by this call or one before, or `ignored`
 * @throws when it could not be processed, after recording that
 */
export async function processEvent(given: EventFacts): Promise<'processed' | 'ignored'> {
  const event = await withCustomer(given);
  const { id, customerId, resource, isNewCard } = event;
  const recorded = await recordEvent(event);
  if (recorded.status === 'processed') return 'processed';
  if (!customerId || !resource) return 'ignored';
  const sequence =
    recorded.status === 'received'
      ? recorded.sequence
      : await lateSequenceNumber(customerId, recorded);
  const isOfDeleted = recorded.status === 'ignored' && recorded.isOfDeleted;
  try {
    // Before the sync, which notes the event as processed: what fails here is then tried again.
    if (sequence && isNewCard) await putNewCardToUse(customerId);
    if (sequence) await syncForEvent(sequence, resource, id);
    else if (isOfDeleted) await refundDeletedCustomer(customerId);
    return sequence ? 'processed' : 'ignored';
  } catch (error) {
    await markFailed([id], error);
    throw error;
  }
}

/**
 * A customer may get its row while an event about it is being recorded as a stranger's. Whoever writes
 * the row then looks for such events, and we look for the row after recording: one of us finds it.
 */
async function lateSequenceNumber(
  customerId: string,
  { isNewStranger }: { isNewStranger: boolean },
): Promise<SequenceNumber | null> {
  return isNewStranger ? takeSequenceNumber(customerId) : null;
}

function parse(body: string): EventFacts | null {
  try {
    return readEvent(JSON.parse(body));
  } catch {
    return null;
  }
}
