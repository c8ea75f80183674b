import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createUser } from '@/test/support/integration';
import { hashToken } from '../auth/token-hash';
import { db } from '../db';
import { findClick } from './account';
import { limitClick, limitClicks } from './click-limit';
import { BillingError } from './errors';

it('lets through as many clicks as a person can make, however many come at once', async () => {
  const session = await signedIn();
  const clicks = await Promise.all(Array.from({ length: 60 }, () => findClick(session)));
  expect(clicks.filter((click) => click && isLetThrough(click))).toHaveLength(20);
});

it('counts those of one person alone, with and without a button', async () => {
  const session = await signedIn();
  const click = await findClick(session);
  for (let more = 0; more < 19; more++) await limitClicks(click?.id ?? '');
  await expect(limitClicks(click?.id ?? '')).rejects.toThrow(BillingError);
  expect(await findClick(session)).toMatchObject({ clicks: 22 });
  expect(await findClick(await signedIn())).toMatchObject({ clicks: 1 });
});

it('starts a new count when the minute is over', async () => {
  const session = await signedIn();
  const click = await findClick(session);
  const key = `click:${click?.id}`;
  await db().rateLimit.update({ where: { key }, data: { points: 99, expire: Date.now() - 1 } });
  expect(await findClick(session)).toMatchObject({ clicks: 1 });
});

it('counts nothing of a session that is over', async () => {
  const session = await signedIn(new Date(Date.now() - 1));
  expect(await findClick(session)).toBeNull();
  expect(await findClick(hashToken('nobody'))).toBeNull();
});

/** @returns the hash of a new person's session token */
async function signedIn(expires = new Date(Date.now() + 60_000)): Promise<string> {
  const { id: userId } = await createUser();
  const sessionToken = hashToken(randomUUID());
  await db().session.create({ data: { sessionToken, userId, expires } });
  return sessionToken;
}

function isLetThrough(click: { id: string; clicks: number }): boolean {
  try {
    limitClick(click);
    return true;
  } catch {
    return false;
  }
}
