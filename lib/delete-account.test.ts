import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSubscriber } from '@/test/support/integration';
import { syncCustomer } from './billing/mirror/sync';
import { db } from './db';
import { deleteAccount } from './delete-account';

it('ends the subscription at Stripe, and forgets the user with all that is theirs', async () => {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  await deleteAccount(user);
  expect(await db().user.count({ where: { id: user.id } })).toBe(0);
  expect(await db().customer.count({ where: { id: customer } })).toBe(0);
});

it('waits for whoever is writing what Stripe says of the customer, and neither breaks the other', async () => {
  const { user, customer } = await createSubscriber();
  await syncCustomer(customer);
  const { id } = await db().invoice.findFirstOrThrow({ where: { customerId: customer } });
  let deletion: Promise<void> | undefined;
  // What the writer's one statement does, drawn out: the customer first, then rows that name the user.
  await db().$transaction(
    async (writer) => {
      await writer.customer.update({ where: { id: customer }, data: { cardLast4: '0000' } });
      deletion = deleteAccount(user);
      await sleep(1_500);
      await writer.$executeRaw`
        INSERT INTO "Invoice" SELECT (jsonb_populate_record(i, '{"id": "in_another"}')).*
        FROM "Invoice" i WHERE id = ${id}`;
    },
    { timeout: 20_000 },
  );
  await deletion;
  expect(await db().user.count({ where: { id: user.id } })).toBe(0);
  expect(await db().invoice.count({ where: { id: 'in_another' } })).toBe(0);
});
