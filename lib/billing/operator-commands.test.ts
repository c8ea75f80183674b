import { expect, it } from 'vitest';
import { auditCommand } from '@/scripts/billing/audit';
import { grantCommand } from '@/scripts/billing/grant';
import { showCommand } from '@/scripts/billing/show';
import { createSubscriber, createUser } from '@/test/support/integration';
import { callCommand, runCommand } from '@/test/support/run-command';
import { auditEntries } from '../audit';
import { deleteAccount } from '../delete-account';
import { syncCustomer } from './mirror/sync';
import { limitNames } from './plan-with';

const billing = (...typed: string[]) => runCommand('scripts/billing.ts', typed);

it('shows a person by address and by customer, and what was done about them by whom', async () => {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  const extra = [`${limitNames[0]}=7`, '--reason', 'a trade fair'];
  const given = await callCommand(grantCommand, user.email, ...extra);
  expect(given.code, given.err).toBe(0);
  const shown = await callCommand(showCommand, customer, '--json');
  expect(JSON.parse(shown.out)).toMatchObject({
    id: user.id,
    email: user.email,
    subscriptions: [{ status: 'active' }],
    grants: [{ name: limitNames[0], amount: 7 }],
  });
  const words = await callCommand(showCommand, user.email);
  expect(words.out).toMatch(/^subscriptions\.0\.status +active$/m);
  const audited = await callCommand(auditCommand, user.email, '--json');
  expect(JSON.parse(audited.out).entries).toContainEqual(
    expect.objectContaining({
      actor: 'operator',
      action: 'extra_given',
      details: expect.objectContaining({ amount: 7, operator: expect.any(String) }),
    }),
  );
});

it('finds what was done about a deleted account by its customer, and nobody by their address', async () => {
  const { user, customer } = await createSubscriber();
  await deleteAccount(user);
  const audited = await callCommand(auditCommand, customer);
  const shown = await callCommand(showCommand, customer);
  const byAddress = await callCommand(auditCommand, user.email);
  expect(audited.out).toContain('Account deleted');
  expect(shown.err).toContain('was deleted on');
  expect([audited.code, shown.code, byAddress.code]).toEqual([0, 1, 1]);
});

it('records a command that changes something for everybody, and none that only looks', async () => {
  await createUser();
  const before = (await auditEntries(null, 200)).length;
  expect((await billing('diff')).code).toBe(0);
  expect(await auditEntries(null, 200)).toHaveLength(before);
  expect((await billing('push')).code).toBe(0);
  expect((await auditEntries(null, 200))[0]).toMatchObject({
    details: { command: 'push', code: 0 },
  });
});
