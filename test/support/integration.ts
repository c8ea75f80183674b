import { expect } from 'vitest';
import { findBillingAccount } from '../../lib/billing/account';
import type { LookupKey } from '../../lib/billing/plans';
import { type ApiRequest, forgetRequests, requests } from './emulator';
import { createUser, startPlan } from './subscribers';

export { breakStripe, forgetRequests, mendStripe, passTime } from './emulator';
export { currency, dearerPlan, monthly, plan } from './plans';
export { createTeam, createUser, joinTeam, personOf } from './subscribers';

/** A user who pays for a plan at Stripe; our own database has not been told. */
export async function createSubscriber(price?: LookupKey) {
  const { id } = await createUser();
  const started = await startPlan(await findBillingAccount(id), price);
  return { user: await findBillingAccount(id), ...started };
}

/** The API calls that Stripe received while `action` ran. */
export async function requestsDuring(action: () => Promise<unknown>): Promise<ApiRequest[]> {
  await forgetRequests();
  await action();
  return requests();
}

/** Resolves once Stripe has answered a request of this path since they were last forgotten. */
export async function answered(path: string): Promise<void> {
  await expect
    .poll(async () => (await requests()).some((each) => each.path === path && each.status === 200))
    .toBe(true);
}
