import { setTimeout as sleep } from 'node:timers/promises';
import { findOwner, type Owner } from '../mirror/owner';
import { readMirror } from '../mirror/read';
import type { Resource } from '../mirror/resources';
import { storedMirror } from '../mirror/stored-mirror';
import { syncCustomer } from '../mirror/sync';
import { type Drift, findDrift } from './drift';

/** How long an event may reasonably take to reach us, in milliseconds. */
const DELIVERY_TIME = 2_000;

/**
 * Compares what we have stored of a customer with what Stripe says.
 *
 * @param check.fix whether to make our database say what Stripe says
 * @param check.events recorded events that a fix processes
 * @returns how they differed; null when the customer is not one of ours
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function checkCustomer(
  customerId: string,
  check: { resources: ReadonlySet<Resource>; fix: boolean; events: readonly string[] },
): Promise<Drift[] | null> {
  const { resources, fix, events } = check;
  if (fix) {
    const stored = await storedMirror(customerId);
    const read = await syncCustomer(customerId, { resources, events });
    return read && findDrift(stored, read);
  }
  const owner = await findOwner(customerId);
  if (!owner) return null;
  const drift = await compare(owner, resources);
  if (drift.length === 0) return drift;
  // What happened a moment ago may still be on its way to us. That is not drift.
  await sleep(DELIVERY_TIME);
  return compare(owner, resources);
}

async function compare(owner: Owner, resources: ReadonlySet<Resource>): Promise<Drift[]> {
  const read = await readMirror(owner, resources);
  return findDrift(await storedMirror(owner.customerId), read);
}
