import { createCoalescer } from './coalesce';
import { type Call, readMirror } from './read';
import { type Part, parts } from './resources';
import { type Stamp, takeStamp } from './sequence';
import { writeMirror } from './write';

/**
 * The one writer of billing state: reads what Stripe says of a customer now and makes our database
 * say the same, whatever woke it. Safe to call at any time, any number of times, at once, in any
 * number of processes. docs/decisions says why an old read cannot overwrite a newer one.
 *
 * @param customerId Stripe's id of the customer
 * @param options.parts what to read: everything, unless told
 * @param options.events ids of recorded events that this processes
 * @param options.call how to make each request to Stripe, for pacing
 * @returns `unknown` when the customer is not one of ours, and nothing was written
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: nothing was written
 */
export async function syncCustomer(
  customerId: string,
  options: { parts?: Iterable<Part>; events?: readonly string[]; call?: Call } = {},
): Promise<'synced' | 'unknown'> {
  const stamp = await takeStamp(customerId);
  if (!stamp) return 'unknown';
  const mirror = await readMirror(stamp, new Set(options.parts ?? parts), options.call);
  await writeMirror(stamp, mirror, options.events);
  return 'synced';
}

/**
 * Reads the part that an event can tell a change of, with the stamp that was taken when the event
 * was recorded, and writes it together with the event's being processed. Events that arrive while a
 * read of the same is under way share the next one.
 *
 * @throws as {@link syncCustomer}
 */
export function syncForEvent(stamp: Stamp, part: Part, event: string): Promise<void> {
  return coalesced(`${stamp.customerId} ${part}`, { stamp, part, event });
}

const coalesced = createCoalescer(
  async (_, wakers: { stamp: Stamp; part: Part; event: string }[]) => {
    const latest = wakers.reduce((a, b) => (a.stamp.number > b.stamp.number ? a : b));
    const mirror = await readMirror(latest.stamp, new Set([latest.part]));
    await writeMirror(
      latest.stamp,
      mirror,
      wakers.map(({ event }) => event),
    );
  },
);
