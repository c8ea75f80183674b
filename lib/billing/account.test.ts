import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createUser, monthly, plan } from '@/test/support/integration';
import { giveCard } from '@/test/support/subscribers';
import { accessOf } from '../access';
import { hashToken } from '../auth/token-hash';
import { db } from '../db';
import { findBillingAccount, findClick } from './account';
import { catalogueId } from './catalogue-objects';
import { ensureCustomer, linkCustomer } from './customer';
import { syncCustomer } from './mirror/sync';
import { freePlan } from './plans';
import { stripe } from './stripe';

it('who acts for a team has the team’s customer and plan, and their own again once they are no member', async () => {
  const person = await createUser();
  const { team, session } = await actingForTeam(person.id);
  const customer = await ensureCustomer(await findBillingAccount(team.id));
  await giveCard(customer, 'pm_card_visa');
  await stripe().subscriptions.create({ customer, items: [{ price: await catalogueId(monthly) }] });
  await syncCustomer(customer);

  expect(await findClick(session)).toMatchObject({
    id: team.id,
    email: team.email,
    role: 'admin',
    person: { id: person.id, email: person.email },
    customer,
    subscription: { plan: plan.name },
  });
  expect((await accessOf(team)).plan.name).toBe(plan.name);
  expect((await accessOf(person)).plan).toBe(freePlan);
  const { stripeCustomerId } = await db().user.findUniqueOrThrow({ where: { id: person.id } });
  expect(stripeCustomerId).toBeNull();

  await db().member.deleteMany({ where: { teamId: team.id } });
  expect(await findClick(session)).toMatchObject({ id: person.id, role: null, customer: null });
});

it('a session that names somebody else’s membership acts for its own person', async () => {
  const [person, other] = [await createUser(), await createUser()];
  const { session } = await actingForTeam(person.id);
  await db().session.updateMany({ where: { sessionToken: session }, data: { userId: other.id } });
  expect(await findClick(session)).toMatchObject({ id: other.id, role: null });
});

it('a customer of one account does not become another’s', async () => {
  const [owner, other] = [await createUser(), await createUser()];
  const customer = await ensureCustomer(owner);
  expect(await linkCustomer(other, customer)).toBe(false);
  expect((await findBillingAccount(other.id)).stripeCustomerId).toBeNull();
});

async function actingForTeam(userId: string) {
  const team = await db().team.create({
    data: {
      name: 'Harbour',
      email: `${randomUUID()}@example.com`,
      members: { create: { userId, role: 'admin' } },
    },
    include: { members: true },
  });
  const session = hashToken(randomUUID());
  const expires = new Date(Date.now() + 60_000);
  const actingFor = team.members[0]?.id ?? null;
  await db().session.create({ data: { sessionToken: session, userId, expires, actingFor } });
  return { team, session };
}
