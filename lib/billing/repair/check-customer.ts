import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, readMirror } from '../mirror/read';
import type { Part } from '../mirror/resources';
import { type Stamp, takeStamp } from '../mirror/sequence';
import { writeMirror } from '../mirror/write';
import { type Difference, drift } from './drift';
import { heldMirror } from './held-mirror';

/** How long the delivery of an event may reasonably be under way, in milliseconds. */
const DELIVERY_TIME = 2_000;

export type Check = {
  parts: ReadonlySet<Part>;
  /** Whether to make our database say what Stripe says. */
  fix: boolean;
  /** Recorded events that a fix processes. */
  events?: readonly string[];
  call: Call;
};

/**
 * Compares what we hold of a customer with what Stripe says, and repairs it if wanted.
 *
 * @returns how they differed; null when the customer is not one of ours
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function checkCustomer(
  customerId: string,
  check: Check,
): Promise<Difference[] | null> {
  const stamp = await takeStamp(customerId);
  if (!stamp) return null;
  const { differences, mirror } = await compare(stamp, check);
  if (check.fix) {
    await writeMirror(stamp, mirror, check.events);
    return differences;
  }
  if (differences.length === 0) return [];
  // What happened a moment ago may still be on its way to us: that is no drift.
  await sleep(DELIVERY_TIME);
  return (await compare(stamp, check)).differences;
}

async function compare(stamp: Stamp, { parts, call }: Check) {
  const mirror = await readMirror(stamp, parts, call);
  const held = await heldMirror(stamp.customerId);
  return { mirror, differences: held ? drift(held, mirror) : [] };
}
