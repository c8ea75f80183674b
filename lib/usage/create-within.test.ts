import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSubscriber, createUser } from '@/test/support/integration';
import { syncCustomer } from '../billing/mirror/sync';
import { freePlan } from '../billing/plans';
import { db } from '../db';
import { deleteAccount } from '../delete-account';
import { createWithin } from './create-within';
import { LimitReached } from './limit-reached';
import { usageOf } from './usage';

it('creates until the limit is reached, and again once something was deleted', async () => {
  const user = await createUser();
  for (let count = 0; count < freePlan.limits.projects; count++) await createProject(user);
  await expect(createProject(user)).rejects.toThrow(LimitReached);
  expect(await projectsOf(user)).toMatchObject({ used: freePlan.limits.projects });
  const { id } = await db().project.findFirstOrThrow({ where: { userId: user.id } });
  await db().project.delete({ where: { id } });
  await createProject(user);
});

it('refuses what is over the limit after a change to a smaller plan, and deletes nothing', async () => {
  const user = await createUser();
  const many = freePlan.limits.projects + 2;
  await db().project.createMany({
    data: Array.from({ length: many }, () => ({ userId: user.id, name: 'From before' })),
  });
  await expect(createProject(user)).rejects.toThrow(LimitReached);
  expect(await projectsOf(user)).toMatchObject({ used: many, allowed: freePlan.limits.projects });
});

it('mails somebody who has created as many as the plan allows, once', async () => {
  const user = await createUser();
  const mails = () => db().mail.count({ where: { userId: user.id, kind: 'limit_reached' } });
  for (let round = 0; round < 2; round++) {
    for (let count = 0; count < freePlan.limits.projects; count++) await createProject(user);
    await expect(createProject(user)).rejects.toThrow(LimitReached);
    expect(await mails()).toBe(1);
    await db().project.deleteMany({ where: { userId: user.id } });
  }
});

it('counts nothing for what could not be created', async () => {
  const user = await createUser();
  const failing = createWithin(user, 'projects', () => Promise.reject(new Error('It failed.')));
  await expect(failing).rejects.toThrow('It failed.');
  expect(await projectsOf(user)).toMatchObject({ used: 0 });
});

it('and the deletion of the account wait for each other, and neither breaks the other', async () => {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  let deletion: Promise<void> | undefined;
  await createWithin(user, 'projects', async (transaction) => {
    deletion = deleteAccount(user);
    await sleep(1_000);
    return transaction.project.create({ data: { userId: user.id, name: 'The last' } });
  });
  await deletion;
  expect(await db().project.count({ where: { userId: user.id } })).toBe(0);
});

function createProject(user: { id: string }) {
  return createWithin(user, 'projects', (transaction) =>
    transaction.project.create({ data: { userId: user.id, name: 'Harbour' } }),
  );
}

async function projectsOf(user: { id: string }) {
  return (await usageOf(user)).find(({ limit }) => limit === 'projects');
}
