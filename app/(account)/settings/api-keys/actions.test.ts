import { expect, it } from 'vitest';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { db } from '@/lib/db';
import { formOf, inBrowser, landing } from '@/test/support/browser';
import { createTeam, joinTeam } from '@/test/support/integration';
import { startPlan } from '@/test/support/subscribers';
import { addApiKey, removeApiKey } from './actions';

it('a team’s keys are made and revoked by its owner and its admins alone', async () => {
  const team = await createTeam();
  await syncCustomer((await startPlan(team)).customer);
  const owner = await joinTeam(team.id, 'owner');
  const admin = await joinTeam(team.id, 'admin');
  const member = await joinTeam(team.id, 'member');
  const add = (name: string) => () => addApiKey(null, formOf({ key: name }));
  const keys = () => db().apiKey.findMany({ where: { userId: team.id } });
  const refused = '/settings?problem=not-allowed';

  expect(await landing(member, add('Mine'))).toBe(refused);
  expect(await keys()).toEqual([]);
  expect(await inBrowser(owner, add('One'))).toMatch(/^key_/);
  expect(await inBrowser(admin, add('Two'))).toMatch(/^key_/);
  const [{ id: key = '' } = {}] = await keys();
  expect(await landing(member, () => removeApiKey(formOf({ key })))).toBe(refused);
  expect(await keys()).toHaveLength(2);
  expect(await landing(admin, () => removeApiKey(formOf({ key })))).toMatch(/^\/settings/);
  expect(await keys()).toHaveLength(1);
});
