import { afterEach, beforeEach, expect, it } from 'vitest';
import { mailTo } from '@/test/support/emulator';
import { createSubscriber, passTime } from '@/test/support/integration';
import { exactMoney } from '@/test/support/plans';
import { giveCard } from '@/test/support/subscribers';
import { changeHandlers } from './billing/changes';
import { deliverLeftChanges } from './billing/deliver-changes';
import { stripe } from './billing/stripe';
import { readEvent } from './billing/webhook/event';
import { processEvent } from './billing/webhook/receive';
import { registerChangeHandlers } from './change-handlers';
import { db } from './db';
import { sendLeftMail } from './mail/outbox';

beforeEach(registerChangeHandlers);
afterEach(() => changeHandlers().clear());

type Person = Awaited<ReturnType<typeof createSubscriber>>;

/** Brings every event about a customer, the newest first and each twice. @returns what was mailed */
async function kindsMailed({ user, customer }: Person): Promise<string[]> {
  for await (const event of stripe().events.list({ limit: 100 })) {
    const facts = readEvent(event);
    if (facts?.customerId !== customer) continue;
    await Promise.all([processEvent(facts), processEvent(facts)]);
  }
  await expect
    .poll(async () => {
      await deliverLeftChanges();
      await sendLeftMail();
      const where = { userId: user.id };
      const waiting = await db().mail.count({ where: { ...where, doneAt: null } });
      return waiting + (await db().mirrorChange.count({ where: { ...where, deliveredAt: null } }));
    })
    .toBe(0);
  const mails = await mailTo(user.email);
  return mails.map(({ headers }) => headers['x-cause']?.split(' ')[0] ?? '').toSorted();
}

it('a payment that fails is mailed at the first attempt and at the last one', async () => {
  const person = await createSubscriber();
  expect(await kindsMailed(person)).toEqual(['receipt', 'welcome']);
  await giveCard(person.customer, 'pm_card_chargeCustomerFail');
  await passTime({ months: 1 });
  await passTime({ days: 1 });
  expect(await kindsMailed(person)).toEqual(['payment_failed', 'receipt', 'welcome']);
  await passTime({ days: 4 });
  expect(await kindsMailed(person)).toEqual(['payment_failed', 'receipt', 'welcome']);
  await passTime({ days: 20 });
  expect(await kindsMailed(person)).toEqual([
    'payment_failed',
    'payment_failed_finally',
    'receipt',
    'welcome',
  ]);
});

it('a payment that the bank wants confirmed is not called failed', async () => {
  const person = await createSubscriber();
  await kindsMailed(person);
  await giveCard(person.customer, 'pm_card_authenticationRequired');
  await passTime({ months: 1 });
  await passTime({ days: 1 });
  expect(await kindsMailed(person)).toEqual(['action_required', 'receipt', 'welcome']);
});

it('each refund is mailed once, with what was paid back', async () => {
  const person = await createSubscriber();
  await kindsMailed(person);
  const { data } = await stripe().charges.list({ customer: person.customer });
  const [charge] = data;
  for (const amount of [100, 250]) {
    await stripe().refunds.create({ charge: charge?.id, amount });
    await kindsMailed(person);
  }
  expect(await kindsMailed(person)).toEqual(['receipt', 'refunded', 'refunded', 'welcome']);
  const [second, first] = await mailTo(person.user.email);
  expect(first?.subject).toContain(exactMoney(100));
  expect(second?.subject).toContain(exactMoney(250));
});

it('a trial is mailed when it starts, three days before its end, and when it has ended', async () => {
  const person = await createSubscriber();
  await kindsMailed(person);
  const { data } = await stripe().subscriptions.list({ customer: person.customer });
  const price = data[0]?.items.data[0]?.price.id;
  await stripe().subscriptions.cancel(person.subscription.id);
  await kindsMailed(person);
  await db().mail.deleteMany({ where: { userId: person.user.id } });
  const before = (await kindsMailed(person)).length;
  await stripe().subscriptions.create({
    customer: person.customer,
    items: [{ price }],
    trial_period_days: 14,
  });
  const later = async () => (await kindsMailed(person)).length - before;
  expect(await later()).toBe(1);
  await passTime({ days: 12 });
  expect(await later()).toBe(2);
  expect(await kindsMailed(person)).toContain('trial_ending');
  await passTime({ days: 3 });
  expect(await kindsMailed(person)).toContain('trial_ended');
});
