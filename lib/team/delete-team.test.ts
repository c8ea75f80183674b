import { expect, it } from 'vitest';
import type { SessionUser } from '@/lib/auth/session';
import { findBillingAccount } from '@/lib/billing/account';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { lookupKey, paidPlans } from '@/lib/billing/plans';
import { stripe } from '@/lib/billing/stripe';
import { unusedOf } from '@/lib/billing/unused';
import { db } from '@/lib/db';
import { deleteAccount } from '@/lib/delete-account';
import { mailTo } from '@/test/support/emulator';
import { breakStripe, createTeam, mendStripe, passTime } from '@/test/support/integration';
import { startPlan } from '@/test/support/subscribers';
import { deleteTeam } from './delete-team';
import { followLeftMembers, queueSeats } from './follow-members';
import { acceptTeam, offerTeam } from './members';

const bySeat = paidPlans.find(({ seats }) => seats && seats.min === 1 && seats.max > 5);

it.runIf(bySeat)('pays back to the cent what the page says, and lets everybody go', async () => {
  const { team, owner, people } = await payingTeam(3);
  await db().session.updateMany({
    where: { userId: people[1]?.userId ?? '' },
    data: { actingFor: people[1]?.id ?? '' },
  });
  await passTime({ days: 10 });
  // Most of the refund is of the first invoice, the rest of the one for the seats that joined.
  await db().member.delete({ where: { id: people[2]?.id ?? '' } });
  await queueAndFollow(team.id);
  const account = await findBillingAccount(team.id);
  const unused = await unusedOf(account);
  expect(unused).toEqual({ amount: expect.any(Number), currency: 'usd' });
  await deleteTeam(owner);

  const { data } = await stripe().subscriptions.list({ customer: team.customer, status: 'all' });
  expect(data).toMatchObject([{ status: 'canceled' }]);
  const refunds = await refundsOf(team.customer);
  expect(refunds).toBe(unused && unused !== 'unknown' ? unused.amount : -1);
  expect(await db().team.count({ where: { id: team.id } })).toBe(0);
  expect(await db().member.count({ where: { teamId: team.id } })).toBe(0);
  expect(await db().customer.count({ where: { id: team.customer } })).toBe(0);
  expect(await db().deletedCustomer.count({ where: { id: team.customer } })).toBe(1);
  expect(await db().session.count({ where: { actingFor: people[1]?.id } })).toBe(0);
  await expect.poll(async () => (await mailTo(account.email))[0]?.subject).toContain('Crew');
  await expect(deleteTeam(owner)).rejects.toMatchObject({ problem: 'not-allowed' });
});

it.runIf(bySeat)('refunds nothing twice when Stripe fails on the way', async () => {
  const { team, owner } = await payingTeam(2);
  const unused = await unusedOf(await findBillingAccount(team.id));
  await breakStripe({ on: 'DELETE /v1/subscriptions/:id', kind: '500', times: 3 });
  await expect(deleteTeam(owner)).rejects.toThrow();
  await mendStripe();
  expect(await db().billingAccount.findUnique({ where: { id: team.id } })).toMatchObject({
    deletingAt: null,
  });
  await deleteTeam(owner);
  expect({ amount: await refundsOf(team.customer), currency: 'usd' }).toEqual(unused);
});

it.runIf(bySeat)('pays back nothing in a trial or for what was not paid', async () => {
  const { team } = await payingTeam(2);
  const { items } = await stripe().subscriptions.retrieve(team.subscription);
  // After what is paid for, by Stripe's clock, which other tests moved.
  const trial_end = (items.data[0]?.current_period_end ?? 0) + 10 * 24 * 60 * 60;
  await stripe().subscriptions.update(team.subscription, { trial_end, proration_behavior: 'none' });
  await syncCustomer(team.customer);
  expect(await unusedOf(await findBillingAccount(team.id))).toBeNull();
});

it('is for the owner alone, also right after the team was handed over', async () => {
  const team = await createTeam(3);
  const [first, second] = await peopleOf(team.id);
  if (!first || !second) return;
  const [owner, member] = [actorOf(team, first.userId), actorOf(team, second.userId)];
  await expect(deleteTeam(member)).rejects.toMatchObject({ problem: 'not-allowed' });
  await db().member.update({ where: { id: second.id }, data: { role: 'admin' } });
  await expect(deleteTeam(member)).rejects.toMatchObject({ problem: 'not-allowed' });
  await offerTeam(owner, second.id);
  await acceptTeam(member);
  await expect(deleteTeam({ ...owner, role: 'owner' })).rejects.toMatchObject({
    problem: 'not-allowed',
  });
  const { email } = await db().user.findUniqueOrThrow({ where: { id: second.userId } });
  expect(await db().team.findUnique({ where: { id: team.id } })).toMatchObject({ email });
});

it('keeps the account of somebody who owns a team, with their own plan', async () => {
  const { id } = await createTeam(2);
  const [owner, other] = await peopleOf(id);
  const own = await findBillingAccount(owner?.userId ?? '');
  const { subscription } = await startPlan(own);
  await expect(deleteAccount(await findBillingAccount(own.id))).rejects.toMatchObject({
    problem: 'owns-teams',
  });
  expect((await stripe().subscriptions.retrieve(subscription.id)).status).toBe('active');
  const { deletingAt } = await db().billingAccount.findUniqueOrThrow({ where: { id: own.id } });
  expect(deletingAt).toBeNull();
  await deleteAccount(await findBillingAccount(other?.userId ?? ''));
  expect(await peopleOf(id)).toHaveLength(1);
});

it.runIf(bySeat)('pays for a seat less once a member has deleted their account', async () => {
  const { team, people } = await payingTeam(3);
  await deleteAccount(await findBillingAccount(people[1]?.userId ?? ''));
  const seats = async () => {
    const { items } = await stripe().subscriptions.retrieve(team.subscription);
    return items.data[0]?.quantity;
  };
  await expect.poll(seats).toBe(2);
});

it('never leaves a team without an owner, whoever accepts it while they delete their account', async () => {
  for (let round = 0; round < 5; round++) {
    const team = await createTeam(2);
    const [owner, heir] = await peopleOf(team.id);
    if (!owner || !heir) return;
    await offerTeam(actorOf(team, owner.userId), heir.id);
    const account = await findBillingAccount(heir.userId);
    await Promise.allSettled([acceptTeam(actorOf(team, heir.userId)), deleteAccount(account)]);
    const owners = await db().member.count({ where: { teamId: team.id, role: 'owner' } });
    expect(owners).toBe(1);
  }
});

/** A team that pays for as many seats as it has members. */
async function payingTeam(size: number) {
  const created = await createTeam(size);
  const started = await startPlan(created, bySeat && lookupKey(bySeat, 'month'));
  const team = { ...created, customer: started.customer, subscription: started.subscription.id };
  await syncCustomer(team.customer);
  await followLeftMembers();
  const people = await peopleOf(team.id);
  return { team, people, owner: actorOf(team, people[0]?.userId ?? '') };
}

function peopleOf(teamId: string) {
  return db().member.findMany({ where: { teamId }, orderBy: { role: 'desc' } });
}

/** What the session says of somebody who acts for a team. */
function actorOf({ id, email }: { id: string; email: string }, userId: string): SessionUser {
  const person = { id: userId, email, name: null };
  const looks = { locale: null, theme: null, timeZone: null, name: 'Crew', stripeCustomerId: null };
  return { ...looks, id, email, person, role: 'owner' };
}

async function queueAndFollow(id: string): Promise<void> {
  await db().$transaction((transaction) => queueSeats(transaction, id));
  await followLeftMembers();
}

async function refundsOf(customer: string): Promise<number> {
  const { data } = await stripe().charges.list({ customer });
  return data.reduce((sum, charge) => sum + charge.amount_refunded, 0);
}
