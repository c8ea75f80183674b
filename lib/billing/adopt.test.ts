import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { adoptCommand } from '@/scripts/billing/adopt';
import { createUser, monthly, plan } from '@/test/support/integration';
import { callCommand } from '@/test/support/run-command';
import { giveCard } from '@/test/support/subscribers';
import { accessOf } from '../access';
import { db } from '../db';
import { adopt, findAdoptable } from './adopt';
import { catalogueId } from './catalogue-objects';
import { stripe } from './stripe';

/** Somebody who signed up, by e-mail or with another account. */
async function user(verified = true) {
  const { id, email } = await createUser();
  if (verified) await db().user.update({ where: { id }, data: { emailVerified: new Date() } });
  return { id, email };
}

/** A customer who was at Stripe before this app. */
async function customer(params: { email?: string; metadata?: Record<string, string> }) {
  const { id } = await stripe().customers.create(params);
  await giveCard(id, 'pm_card_visa');
  const subscription = await stripe().subscriptions.create({
    customer: id,
    items: [{ price: await catalogueId(monthly) }],
  });
  return { id, subscription: subscription.id };
}

async function matchOf({ id }: { id: string }) {
  return (await findAdoptable()).find(({ user }) => user.id === id);
}

it('finds a customer by its metadata or by a proved address, links it, and tells nobody', async () => {
  const [ada, bob] = [await user(), await user()];
  const ofAda = await customer({
    email: ada.email.toUpperCase(),
    metadata: { userId: 'in-the-old-app' },
  });
  const ofBob = await customer({
    email: `${randomUUID()}@example.com`,
    metadata: { userId: bob.id },
  });
  await customer({ email: bob.email });
  for (const [person, found, by] of [
    [ada, ofAda, 'email'],
    [bob, ofBob, 'metadata'],
  ] as const) {
    const match = await matchOf(person);
    expect(match).toMatchObject({
      by,
      unclear: null,
      customers: [
        {
          id: found.id,
          subscriptions: [{ id: found.subscription, status: 'active', plan: plan.name }],
        },
      ],
    });
    expect(await accessOf(person)).toMatchObject({ state: 'never_subscribed' });
    expect(match && (await adopt(match))).toBe(true);
    const row = await db().user.findUniqueOrThrow({
      where: { id: person.id },
      include: {
        account: {
          include: {
            customers: { include: { subscriptions: true } },
            mails: true,
            mirrorChanges: true,
          },
        },
      },
    });
    expect(row).toMatchObject({ stripeCustomerId: found.id });
    expect(row.account).toMatchObject({ mails: [], mirrorChanges: [] });
    expect(row.account?.customers[0]?.subscriptions).toMatchObject([
      { id: found.subscription, plan: plan.name },
    ]);
    expect(await matchOf(person)).toBeUndefined();
    expect(match && (await adopt(match))).toBe(false);
  }
});

it('does not guess', async () => {
  const [twice, unproved] = [await user(), await user(false)];
  const first = await customer({ email: twice.email });
  const second = await customer({ email: twice.email });
  await customer({ email: unproved.email });
  const several = await matchOf(twice);
  expect(several).toMatchObject({ unclear: 'several' });
  expect(several?.customers.map(({ id }) => id).toSorted()).toEqual(
    [first.id, second.id].toSorted(),
  );
  const unverified = await matchOf(unproved);
  expect(unverified).toMatchObject({ unclear: 'unverified' });
  for (const match of [several, unverified]) expect(match && (await adopt(match))).toBe(false);
  await stripe().customers.update(second.id, { metadata: { userId: twice.id } });
  expect(await matchOf(twice)).toMatchObject({ unclear: null, customers: [{ id: second.id }] });
});

it('leaves the customer of a deleted account to nobody', async () => {
  const person = await user();
  const { id } = await customer({ email: person.email });
  await db().deletedCustomer.create({ data: { id, livemode: false } });
  expect(await matchOf(person)).toBeUndefined();
});

it('the command shows what it would link, and links with --apply', async () => {
  const [person, twice] = [await user(), await user()];
  const { id, subscription } = await customer({ email: person.email });
  for (const _ of [1, 2]) await customer({ email: twice.email });
  const shown = await callCommand(adoptCommand);
  expect(shown.code).toBe(2);
  expect(shown.out).toContain(
    `link ${person.email}, by email\n    ${id}: ${subscription} active, ${plan.name}\n`,
  );
  expect(shown.out).toContain(`unclear ${twice.email}: several customers.`);
  expect(shown.out).toContain('Add --apply to link.');
  const applied = await callCommand(adoptCommand, '--apply', '--json');
  expect(JSON.parse(applied.out).linked).toBeGreaterThan(0);
  const { stripeCustomerId } = await db().user.findUniqueOrThrow({ where: { id: person.id } });
  expect(stripeCustomerId).toBe(id);
});
