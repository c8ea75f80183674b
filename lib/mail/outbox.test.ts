import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mailTo } from '@/test/support/emulator';
import { createSubscriber, createUser, plan } from '@/test/support/integration';
import { changeHandlers } from '../billing/changes';
import { deliverLeftChanges } from '../billing/deliver-changes';
import { syncCustomer } from '../billing/mirror/sync';
import { freePlan } from '../billing/plans';
import { stripe } from '../billing/stripe';
import { registerChangeHandlers } from '../change-handlers';
import { db } from '../db';
import { env } from '../env';
import { queueMail, sendLeftMail } from './outbox';
import { unsubscribe, unsubscribeUrl } from './unsubscribe';

beforeEach(registerChangeHandlers);
afterEach(() => {
  changeHandlers().clear();
  vi.restoreAllMocks();
});

const refund = { amount: 1200, currency: 'usd', invoice: null };

/** The causes of the e-mails that somebody has got. */
async function causesOf({ email }: { email: string }) {
  const mails = await mailTo(email);
  return mails.map(({ headers }) => headers['x-cause']).toSorted();
}

/** Until nothing is left to tell or to send. */
async function settle(userId: string) {
  await expect
    .poll(async () => {
      await deliverLeftChanges();
      await sendLeftMail();
      const open = { userId, deliveredAt: null };
      const waiting = await db().mail.count({ where: { userId, doneAt: null } });
      return waiting + (await db().mirrorChange.count({ where: open }));
    })
    .toBe(0);
}

it('mails each cause once, however often Stripe is read', async () => {
  const { user, customer, subscription } = await createSubscriber();
  await Promise.all([syncCustomer(customer), syncCustomer(customer)]);
  await syncCustomer(customer);
  await settle(user.id);
  const { data: invoices } = await stripe().invoices.list({ customer });
  expect(await causesOf(user)).toEqual([
    `receipt ${invoices[0]?.id}`,
    `welcome ${subscription.id}`,
  ]);

  await stripe().subscriptions.cancel(subscription.id);
  await Promise.all([syncCustomer(customer), syncCustomer(customer)]);
  await settle(user.id);
  expect(await causesOf(user)).toContain(`ended ${subscription.id}`);
  expect(await causesOf(user)).toHaveLength(3);
});

it('sends once with several workers, and queues a cause once', async () => {
  const user = await createUser();
  const mail = { kind: 'refunded', cause: 're_1', userId: user.id, facts: refund } as const;
  await Promise.all([queueMail(mail), queueMail(mail), queueMail(mail)]);
  await Promise.all([sendLeftMail(), sendLeftMail()]);
  await settle(user.id);
  expect(await causesOf(user)).toEqual(['refunded re_1']);
});

it('loses nothing while the mail server is down', async () => {
  const user = await createUser();
  const server = env().EMAIL_SERVER;
  env().EMAIL_SERVER = 'smtp://127.0.0.1:9';
  await queueMail({ kind: 'refunded', cause: 're_2', userId: user.id, facts: refund });
  const row = () => db().mail.findFirstOrThrow({ where: { userId: user.id } });
  await expect.poll(async () => (await row()).lastError).not.toBeNull();
  env().EMAIL_SERVER = server;
  await db().mail.updateMany({ where: { userId: user.id }, data: { dueAt: new Date(0) } });
  await settle(user.id);
  const [mail] = await mailTo(user.email);
  expect(mail?.headers['message-id']).toContain((await row()).id);
});

it('writes German to those who read it, with their money and the dates of their time zone', async () => {
  const user = await createUser();
  await db().user.update({
    where: { id: user.id },
    data: { locale: 'de', timeZone: 'Asia/Tokyo' },
  });
  const nextAttemptAt = new Date('2026-12-23T15:30:00Z');
  const facts = { amount: 1250, currency: 'eur', plan: plan.title, nextAttemptAt };
  await queueMail({ kind: 'payment_failed', cause: 'in_1', userId: user.id, facts });
  await settle(user.id);
  const [mail] = await mailTo(user.email);
  expect(mail?.subject).toBe('Ihre Zahlung von 12,50\u00a0€ ist fehlgeschlagen');
  expect(mail?.text).toContain('24. Dezember 2026');
  expect(mail?.html).toContain('<html lang="de">');
});

it('sends those who unsubscribed only what is about money', async () => {
  const user = await createUser();
  const token = new URL(unsubscribeUrl(user.id)).searchParams.get('token') ?? '';
  expect(await unsubscribe(user.id, `${token}x`)).toBe(false);
  expect(await unsubscribe(user.id, token)).toBe(true);
  const facts = {
    limit: 'exports',
    allowed: 1,
    plan: freePlan.title,
    more: plan.title,
  } as const;
  await queueMail({ kind: 'limit_reached', cause: 'exports', userId: user.id, facts });
  await queueMail({ kind: 'refunded', cause: 're_3', userId: user.id, facts: refund });
  await settle(user.id);
  expect(await causesOf(user)).toEqual(['refunded re_3']);
});
