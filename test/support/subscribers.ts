import { randomUUID } from 'node:crypto';
import type { BrowserContext } from 'playwright/test';
import { hashToken } from '../../lib/auth/token-hash';
import type { BillingAccount } from '../../lib/billing/account';
import { catalogueId } from '../../lib/billing/catalogue-objects';
import { ensureCustomer } from '../../lib/billing/customer';
import { syncCustomer } from '../../lib/billing/mirror/sync';
import type { LookupKey } from '../../lib/billing/plans';
import { stripe } from '../../lib/billing/stripe';
import { db } from '../../lib/db';
import type { Role } from '../../lib/team/roles';
import { monthly } from './plans';

/** Somebody with an account, and what a browser sends that is signed in to it. */
export type Person = {
  userId: string;
  email: string;
  cookie: { name: string; value: string };
};

/** Somebody who pays for a plan. */
export type Subscriber = Person & { customer: string; subscription: string; item: string };

/** A user of their own for each test, so that no test sees another's billing. */
export async function createUser(): Promise<BillingAccount> {
  const user = await db().user.create({ data: { email: `${randomUUID()}@example.com` } });
  return { ...user, ...alone, person: user };
}

const alone = { role: null, customer: null, subscription: null, members: null };

/** A team of new people, of whom the first owns it. */
export async function createTeam(size = 1): Promise<BillingAccount> {
  const people = await Promise.all(Array.from({ length: size }, createUser));
  const roles = people.map(({ id }, index) => ({ userId: id, role: index ? 'member' : 'owner' }));
  const email = people[0]?.email ?? '';
  const team = await db().team.create({
    data: { name: 'Crew', email, members: { create: roles } },
  });
  return {
    ...alone,
    ...team,
    locale: null,
    theme: null,
    timeZone: null,
    person: null,
    members: size,
  };
}

/** Has a user pay for a plan at Stripe; our own database is not told. */
export async function startPlan(user: BillingAccount, price: LookupKey = monthly) {
  const customer = await ensureCustomer(user);
  await giveCard(customer, 'pm_card_visa');
  const subscription = await stripe().subscriptions.create({
    customer,
    items: [{ price: await catalogueId(price) }],
  });
  return { customer, subscription };
}

/** Makes somebody who pays for a plan, as our database knows, without a browser. */
export async function createSubscriber(price?: LookupKey): Promise<Subscriber> {
  const user = await createUser();
  const { customer, subscription } = await startPlan(user, price);
  await syncCustomer(customer);
  const item = subscription.items.data[0]?.id ?? '';
  return { ...(await personOf(user)), customer, subscription: subscription.id, item };
}

/** Signs a browser in to a new account with a plan. */
export async function beSubscriber(
  context: BrowserContext,
  app: { url: string },
  price?: LookupKey,
): Promise<Subscriber> {
  return signIn(context, app, await createSubscriber(price));
}

/** Signs a browser in to a new account. */
export async function beNewcomer(context: BrowserContext, app: { url: string }): Promise<Person> {
  return signIn(context, app, await personOf(await createUser()));
}

/** Signs another browser in to somebody's account. */
export async function beAgain(
  context: BrowserContext,
  app: { url: string },
  { userId, email }: Person,
): Promise<Person> {
  return signIn(context, app, await personOf({ id: userId, email }));
}

/** Makes a test card the one that a customer pays with. */
export async function giveCard(customer: string, card: string): Promise<string> {
  const { id } = await stripe().paymentMethods.attach(card, { customer });
  await stripe().customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return id;
}

/** Signs a browser in to an account: what it sends from then on. */
export async function personOf({ id, email }: { id: string; email: string }): Promise<Person> {
  const value = randomUUID();
  const expires = new Date(Date.now() + 24 * 60 * 60 * 1000);
  await db().session.create({ data: { userId: id, sessionToken: hashToken(value), expires } });
  return { userId: id, email, cookie: { name: 'next-auth.session-token', value } };
}

/** Somebody new in a team, with a browser that acts for it. */
export async function joinTeam(teamId: string, role: Role): Promise<Person> {
  const person = await personOf(await createUser());
  const { id } = await db().member.create({ data: { teamId, userId: person.userId, role } });
  await db().session.updateMany({ where: { userId: person.userId }, data: { actingFor: id } });
  return person;
}

async function signIn<P extends Person>(
  context: BrowserContext,
  app: { url: string },
  person: P,
): Promise<P> {
  await context.addCookies([{ ...person.cookie, url: app.url, httpOnly: true }]);
  return person;
}
