import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSubscriber, createUser } from '@/test/support/integration';
import { type Audited, audit, auditEntries, pseudonymOf } from './audit';
import { auditWords } from './audit-words';
import { syncCustomer } from './billing/mirror/sync';
import { registerChangeHandlers } from './change-handlers';
import { db } from './db';
import { deleteAccount } from './delete-account';

const entry = (userId: string): Audited => ({ userId, actor: 'person', action: 'signed_in' });

it('keeps an entry as it was written, whoever tries to change or remove it', async () => {
  const { id: userId } = await createUser();
  await audit({ ...entry(userId), details: { browser: 'Firefox' } });
  const changes = [
    db().auditEntry.updateMany({ where: { userId }, data: { action: 'command' } }),
    db().auditEntry.updateMany({ where: { userId }, data: { userId: 'somebody else' } }),
    db().auditEntry.updateMany({ where: { userId }, data: { details: { browser: 'Chrome' } } }),
    db().auditEntry.updateMany({
      where: { userId },
      data: { userId: pseudonymOf(userId), actor: 'operator' },
    }),
    db().auditEntry.deleteMany({ where: { userId } }),
  ];
  for (const change of changes) await expect(change).rejects.toThrow('only added');
  expect(await auditEntries(userId, 9)).toMatchObject([{ details: { browser: 'Firefox' } }]);
});

it('records what was told twice once', async () => {
  const { id: userId } = await createUser();
  const cause = randomUUID();
  await Promise.all([1, 2].map(() => audit({ ...entry(userId), cause })));
  expect(await auditEntries(userId, 9)).toHaveLength(1);
});

it('records what becomes of a plan, in words that a person understands', async () => {
  registerChangeHandlers();
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  await expect.poll(() => auditEntries(user.id, 9)).toHaveLength(1);
  const [started] = await auditEntries(user.id, 9);
  expect(started && auditWords(started)).toMatch(/: started$/);
});

it('keeps the entries of a deleted account without its name, and nobody can add it again', async () => {
  const { user, customer } = await createSubscriber();
  await audit({ ...entry(user.id), details: { browser: 'Firefox', plan: 'any' } });
  await deleteAccount(user);
  expect(await auditEntries(user.id, 9)).toEqual([]);
  const kept = await auditEntries(pseudonymOf(customer), 9);
  expect(kept.map(({ action, details }) => [action, details])).toEqual(
    expect.arrayContaining([
      ['account_deleted', {}],
      ['signed_in', { plan: 'any' }],
    ]),
  );
  expect(JSON.stringify(kept)).not.toContain(user.id);
  const back = db().auditEntry.updateMany({
    where: { userId: pseudonymOf(customer) },
    data: { userId: user.id },
  });
  await expect(back).rejects.toThrow('only added');
});
