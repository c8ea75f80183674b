import { deliverSoon } from '../deliver-changes';
import { coalesce } from './coalesce';
import { readMirror, readRefusedCustomer } from './read';
import { type Resource, resources } from './resources';
import type { Mirror } from './rows';
import { type SequenceNumber, takeSequenceNumber } from './sequence';
import { type WriteOptions, writeMirror } from './write';

/**
 * The only writer of billing state: reads what Stripe says about a customer now and makes our
 * database say the same, whatever the reason for calling it. Safe at any time, any number of times,
 * concurrently, in any number of processes: docs/decisions.md says why an old read cannot overwrite a
 * newer one.
 *
 * @param customerId Stripe's id of the customer
 * @param options.resources what to read; everything by default
 * @param options.events ids of recorded events that this processes
 * @param options.asHistory tells nobody of changes: for a customer who was billed before this
 *   installation knew them
 * @returns what Stripe said; null when the customer is not one of ours, and nothing was written
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: nothing was written
 */
export async function syncCustomer(
  customerId: string,
  options: { resources?: Iterable<Resource> } & WriteOptions = {},
): Promise<Mirror | null> {
  const sequence = await takeSequenceNumber(customerId);
  if (!sequence) return null;
  const mirror = await readMirror(sequence, new Set(options.resources ?? resources));
  await write(sequence, mirror, options);
  return mirror;
}

/**
 * Syncs a customer whom Stripe has just refused. One that was deleted has lost its subscriptions; one
 * of another Stripe account keeps what we know of it, as history.
 *
 * @returns whether Stripe no longer has it
 * @throws Stripe.errors.StripeError when Stripe fails or is slow: nothing was written
 */
export async function syncRefusedCustomer(customerId: string): Promise<boolean> {
  const sequence = await takeSequenceNumber(customerId);
  if (!sequence) return true;
  const mirror = await readRefusedCustomer(sequence);
  await write(sequence, mirror);
  return mirror.customer?.deleted === true;
}

/**
 * Reads the resource that an event may have changed, and writes it together with the event's status.
 * Events that arrive while the same resource is being read share the next read.
 *
 * @param sequence the number that was taken when the event was recorded
 * @throws as {@link syncCustomer}
 */
export function syncForEvent(
  sequence: SequenceNumber,
  resource: Resource,
  event: string,
): Promise<void> {
  return coalesced(`${sequence.customerId} ${resource}`, { sequence, resource, event });
}

type Waiting = { sequence: SequenceNumber; resource: Resource; event: string };

const coalesced = coalesce(async (_, waiting: Waiting[]) => {
  const latest = waiting.reduce((a, b) => (a.sequence.number > b.sequence.number ? a : b));
  const mirror = await readMirror(latest.sequence, new Set([latest.resource]));
  const events = waiting.map(({ event }) => event);
  await write(latest.sequence, mirror, { events });
});

/** Writes, and tells the registered handlers of what changed. */
async function write(
  sequence: SequenceNumber,
  mirror: Mirror,
  options?: WriteOptions,
): Promise<void> {
  const changes = await writeMirror(sequence, mirror, options);
  if (changes > 0) deliverSoon(sequence.customerId);
}
