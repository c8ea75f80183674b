import { randomUUID } from 'node:crypto';
import type { BrowserContext } from 'playwright/test';
import { hashToken } from '../../lib/auth/token-hash';
import { catalogueId } from '../../lib/billing/catalogue-objects';
import { ensureCustomer } from '../../lib/billing/customer';
import { syncCustomer } from '../../lib/billing/mirror/sync';
import type { LookupKey } from '../../lib/billing/plans';
import { stripe } from '../../lib/billing/stripe';
import { db } from '../../lib/db';
import { monthly } from './plans';

/** Somebody who pays for a plan, and whose browser is signed in. For tests with an app of their own. */
export type Subscriber = {
  userId: string;
  email: string;
  /** What their browser sends. */
  cookie: { name: string; value: string };
  customer: string;
  subscription: string;
  item: string;
};

/** Makes a subscriber without a browser, in a fraction of a second. */
export async function createSubscriber(price: LookupKey = monthly): Promise<Subscriber> {
  const email = `${randomUUID()}@example.com`;
  const user = await db().user.create({ data: { email } });
  const customer = await ensureCustomer({ ...user, customer: null, subscription: null });
  await giveCard(customer, 'pm_card_visa');
  const { id: subscription, items } = await stripe().subscriptions.create({
    customer,
    items: [{ price: await catalogueId(price) }],
  });
  await syncCustomer(customer);
  const cookie = await signInSilently(user.id);
  return { userId: user.id, email, cookie, customer, subscription, item: items.data[0]?.id ?? '' };
}

/** The same, in this browser. */
export async function beSubscriber(
  context: BrowserContext,
  app: { url: string },
  price?: LookupKey,
): Promise<Subscriber> {
  const subscriber = await createSubscriber(price);
  await context.addCookies([{ ...subscriber.cookie, url: app.url, httpOnly: true }]);
  return subscriber;
}

/** Makes a test card the one that a customer pays with. */
export async function giveCard(customer: string, card: string): Promise<string> {
  const { id } = await stripe().paymentMethods.attach(card, { customer });
  await stripe().customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return id;
}

async function signInSilently(userId: string) {
  const value = randomUUID();
  const expires = new Date(Date.now() + 24 * 60 * 60 * 1000);
  await db().session.create({ data: { userId, sessionToken: hashToken(value), expires } });
  return { name: 'next-auth.session-token', value };
}
