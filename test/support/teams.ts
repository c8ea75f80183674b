import { expect } from 'vitest';
import { accessOf } from '../../lib/access';
import { findBillingAccount } from '../../lib/billing/account';
import { syncCustomer } from '../../lib/billing/mirror/sync';
import { lookupKey, mostMembers, paidPlans } from '../../lib/billing/plans';
import { db } from '../../lib/db';
import type { Inviter } from '../../lib/team/invitations';
import type { Role } from '../../lib/team/roles';
import { mailTo } from './emulator';
import { createUser, startPlan } from './subscribers';

/** Somebody in a team, with the id of their member row. */
export type TeamMember = Inviter & {
  member: string;
  person: { id: string; email: string; name: string | null };
};

/** A plan that people can share; undefined when the catalogue has none. */
export const sharedPlan = paidPlans.find((plan) => mostMembers(plan) > 4);

/** A team with one member of each role, who joined in this order. It has no plan. */
export async function createMembers(): Promise<Record<Role, TeamMember>> {
  const { id } = await db().team.create({
    data: { name: 'Harbour', email: 'harbour@example.com' },
  });
  const owner = await addMember(id, 'owner');
  const admin = await addMember(id, 'admin');
  return { owner, admin, member: await addMember(id, 'member') };
}

/** The same with a plan that has room for more. */
export async function createPayingMembers(): Promise<Record<Role, TeamMember>> {
  const members = await createMembers();
  const account = await findBillingAccount(members.owner.id);
  const plan = sharedPlan && lookupKey(sharedPlan, 'month');
  const { customer } = await startPlan(account, plan);
  await syncCustomer(customer);
  return members;
}

export async function addMember(teamId: string, role: Role): Promise<TeamMember> {
  const { id: userId, email } = await createUser();
  const { id: member } = await db().member.create({ data: { teamId, userId, role } });
  return { id: teamId, person: { id: userId, email, name: null }, member, language: 'en' };
}

/** Fills a team up, but for so many seats. */
export async function leaveRoomFor(seats: number, teamId: string): Promise<void> {
  const { plan } = await accessOf({ id: teamId });
  const missing = mostMembers(plan) - seats - (await db().member.count({ where: { teamId } }));
  await Promise.all(Array.from({ length: missing }, () => addMember(teamId, 'member')));
}

/** The token in the newest invitation to an address, once there are so many. */
export async function invitationTo(email: string, count = 1): Promise<string> {
  const links = async () =>
    (await mailTo(email)).flatMap(
      (mail) => mail.links.find((link) => link.includes('/invitation?')) ?? [],
    );
  await expect.poll(async () => (await links()).length).toBe(count);
  const [newest = ''] = await links();
  return new URL(newest).searchParams.get('token') ?? '';
}
