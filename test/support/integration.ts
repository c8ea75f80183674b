import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type BillingAccount, findBillingAccount } from '../../lib/billing/account';
import { catalogueId } from '../../lib/billing/catalogue-objects';
import { ensureCustomer } from '../../lib/billing/customer';
import type { LookupKey } from '../../lib/billing/plans';
import { stripe } from '../../lib/billing/stripe';
import { db } from '../../lib/db';
import { type ApiRequest, forgetRequests, requests } from './emulator';
import { monthly } from './plans';

export { breakStripe, forgetRequests, mendStripe, passTime } from './emulator';
export { currency, dearerPlan, monthly, plan } from './plans';

/** A user of their own for each test, so that no test sees another's billing. */
export async function createUser(): Promise<BillingAccount> {
  const { id } = await db().user.create({ data: { email: `${randomUUID()}@example.com` } });
  return findBillingAccount(id);
}

/** A user who pays for a plan at Stripe; our own database has not been told. */
export async function createSubscriber(price: LookupKey = monthly) {
  const user = await createUser();
  const customer = await ensureCustomer(user);
  const card = await stripe().paymentMethods.attach('pm_card_visa', { customer });
  await stripe().customers.update(customer, {
    invoice_settings: { default_payment_method: card.id },
  });
  const subscription = await stripe().subscriptions.create({
    customer,
    items: [{ price: await catalogueId(price) }],
  });
  return { user: await findBillingAccount(user.id), customer, subscription };
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
