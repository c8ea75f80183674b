import { expect, it } from 'vitest';
import { mailTo } from '@/test/support/emulator';
import { createUser } from '@/test/support/integration';
import { auditEntries } from '../audit';
import { db } from '../db';
import { env } from '../env';
import { changeEmail, findEmailChange, sendEmailChangeLink } from './email-change';

it('two clicks at once change the address once, and tell the one before once', async () => {
  const user = await createUser();
  const email = `next-${user.email}`;
  expect(await sendEmailChangeLink(user, email, 'de')).toBeNull();
  expect((await mailTo(email))[0]?.subject).toContain('Diese Adresse');
  const token = await tokenTo(email);
  const changed = await Promise.all([changeEmail(user, token), changeEmail(user, token)]);
  expect(changed.toSorted()).toEqual([false, true]);
  expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).email).toBe(email);
  expect(await auditEntries(user.id, 9)).toMatchObject([{ action: 'email_changed' }]);
  await expect.poll(async () => (await mailTo(user.email)).length).toBe(1);
  const [told] = await mailTo(user.email);
  expect(told?.text).toContain(`${email[0]}…@example.com`);
  expect(told?.text).not.toContain(email);
  const addressed = { userId: user.id, NOT: { to: null } };
  await expect.poll(() => db().mail.count({ where: addressed })).toBe(0);
});

it('a link that has expired, or was sent for somebody else, changes nothing', async () => {
  const [user, other] = [await createUser(), await createUser()];
  const email = `next-${user.email}`;
  await sendEmailChangeLink(user, email, 'de');
  const token = await tokenTo(email);
  expect(await findEmailChange(other, token)).toBeNull();
  await db().verificationToken.updateMany({
    where: { identifier: { contains: user.id } },
    data: { expires: new Date(Date.now() - 1) },
  });
  expect(await changeEmail(user, token)).toBe(false);
});

it('says so when the mail server is down, and when too many links were sent', async () => {
  const user = await createUser();
  const email = `next-${user.email}`;
  const server = env().EMAIL_SERVER;
  env().EMAIL_SERVER = 'smtp://127.0.0.1:9';
  expect(await sendEmailChangeLink(user, email, 'de')).toBe('email-unsent');
  env().EMAIL_SERVER = server;
  for (let more = 0; more < 4; more++) await sendEmailChangeLink(user, email, 'de');
  expect(await sendEmailChangeLink(user, email, 'de')).toBe('too-often');
});

async function tokenTo(email: string): Promise<string> {
  const [message] = await mailTo(email);
  const link = message?.links.find((each) => each.includes('/settings/email')) ?? '';
  return new URL(link).searchParams.get('token') ?? '';
}
