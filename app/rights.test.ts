import { NextRequest } from 'next/server';
import { beforeAll, expect, it } from 'vitest';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { db } from '@/lib/db';
import type { Role } from '@/lib/team/roles';
import { formOf, landing } from '@/test/support/browser';
import { forgetRequests, requests } from '@/test/support/emulator';
import { createTeam, joinTeam, monthly } from '@/test/support/integration';
import { type Person, startPlan } from '@/test/support/subscribers';
import * as billing from './(account)/billing/actions';
import { GET as comeBack } from './(account)/billing/return/route';
import { confirmChange } from './(account)/billing/switch/actions';
import SwitchPage from './(account)/billing/switch/page';
import * as teamActions from './(account)/team/actions';
import { subscribe } from './pricing/actions';

const REFUSED = '/billing?problem=not-allowed';
const actions = Object.entries(billing);
const [plan = '', interval = ''] = monthly.split('_');
const change = formOf({ plan, interval: 'year', seats: '1', timing: 'now', at: '0', dueNow: '0' });
const order = formOf({ plan, interval });

let team: { id: string };
let people: Record<Role, Person>;

beforeAll(async () => {
  const created = await createTeam();
  team = created;
  await syncCustomer((await startPlan(created)).customer);
  people = {
    owner: await joinTeam(team.id, 'owner'),
    admin: await joinTeam(team.id, 'admin'),
    member: await joinTeam(team.id, 'member'),
  };
});

it.each(actions)('a member cannot %s', async (_, action) => {
  expect(await landing(people.member, action)).toBe(REFUSED);
});

it('a member cannot buy, change or preview a plan', async () => {
  expect(await landing(people.member, () => subscribe(order))).toBe(REFUSED);
  expect(await landing(people.member, () => confirmChange(change))).toBe(REFUSED);
  const searchParams = Promise.resolve({ plan, interval: 'year' });
  expect(await landing(people.member, () => SwitchPage({ searchParams }))).toBe(REFUSED);
});

it('a member who comes back from Stripe has nothing read for them', async () => {
  const request = new NextRequest('http://localhost/billing/return?done=checkout');
  await forgetRequests();
  expect(await landing(people.member, () => comeBack(request))).toBe('/billing');
  expect(await requests()).toEqual([]);
});

it.each(['owner', 'admin'] as const)('the %s opens the portal and the preview', async (role) => {
  const who = people[role];
  expect(await landing(who, billing.manageBilling)).toMatch(/^http/);
  expect(await landing(who, () => subscribe(order))).toBe('/billing?problem=already-subscribed');
  const searchParams = Promise.resolve({ plan, interval: 'year' });
  expect(await landing(who, () => SwitchPage({ searchParams }))).toBeNull();
});

it('a role that is taken away is gone at the next click', async () => {
  const person = await joinTeam(team.id, 'admin');
  expect(await landing(person, billing.manageBilling)).toMatch(/^http/);
  const membership = { where: { teamId: team.id, userId: person.userId } };
  await db().member.updateMany({ ...membership, data: { role: 'member' } });
  expect(await landing(person, billing.manageBilling)).toBe(REFUSED);
  await db().member.deleteMany(membership);
  expect(await landing(person, billing.manageBilling)).toBe('/billing?problem=no-customer');
});

it('nobody changes a team by the ids of another, or in one they are not in', async () => {
  const other = await createTeam(2);
  const [victim] = await db().member.findMany({ where: { teamId: other.id, role: 'member' } });
  const token = 'never sent';
  const invitation = await db().invitation.create({
    data: {
      teamId: other.id,
      email: 'guest@example.com',
      role: 'member',
      token,
      expires: new Date(Date.now() + 60_000),
    },
  });
  const form = formOf({ member: victim?.id ?? '', invitation: invitation.id, role: 'admin' });
  const { changeRole, handOver, remove, resend, revoke } = teamActions;
  for (const action of [changeRole, handOver, remove, resend, revoke]) {
    const where = await landing(people.owner, () => action(form));
    expect(where, action.name).toBe('/team?problem=not-allowed');
  }
  const switching = () => teamActions.switchTeam(formOf({ team: other.id }));
  expect(await landing(people.member, switching)).toBe('/dashboard');
  const where = { userId: people.member.userId };
  const session = await db().session.findFirst({ where, include: { member: true } });
  expect(session?.member?.teamId).toBe(team.id);
  expect(await db().invitation.findUnique({ where: { id: invitation.id } })).toMatchObject({
    token,
  });
  expect(await db().member.findUnique({ where: { id: victim?.id } })).toEqual(victim);
});
