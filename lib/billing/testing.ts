import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { db } from '../db';
import { env } from '../env';
import { type BillingAccount, findBillingAccount } from './account';
import { catalogueId } from './catalogue-objects';
import { ensureCustomer } from './customer';
import type { LookupKey } from './plans';
import { stripe } from './stripe';

/** A user of their own for each test, so that no test sees another's billing. */
export async function createUser(): Promise<BillingAccount> {
  const { id } = await db().user.create({ data: { email: `${randomUUID()}@example.com` } });
  return findBillingAccount(id);
}

/** A user who pays for a plan at Stripe; our own database has not been told. */
export async function createSubscriber(price: LookupKey = 'pro_month') {
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

/** The API calls that Stripe received while `action` ran, such as `POST /v1/customers`. */
export async function requestsDuring(action: () => Promise<unknown>): Promise<ApiRequest[]> {
  const address = `${env().STRIPE_API_BASE}/_sandbox/requests`;
  await fetch(address, { method: 'DELETE' });
  await action();
  const reply = await fetch(address);
  return reply.json();
}

export type ApiRequest = {
  method: string;
  path: string;
  parameters: Record<string, unknown>;
  status: number;
};

/** Makes the next calls of an API method go wrong, such as `GET /v1/customers/*`. */
export async function breakStripe(fault: {
  on: string;
  kind: string;
  times: number;
  milliseconds?: number;
}): Promise<void> {
  await fetch(`${env().STRIPE_API_BASE}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
}

export async function mendStripe(): Promise<void> {
  await fetch(`${env().STRIPE_API_BASE}/_sandbox/faults`, { method: 'DELETE' });
}

/** Resolves once Stripe has answered a GET of this path since the log was cleared. */
export async function answered(path: string): Promise<void> {
  await expect
    .poll(async () => {
      const reply = await fetch(`${env().STRIPE_API_BASE}/_sandbox/requests`);
      const requests: ApiRequest[] = await reply.json();
      return requests.some((request) => request.path === path && request.status === 200);
    })
    .toBe(true);
}
