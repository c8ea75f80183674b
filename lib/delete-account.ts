import type { BillingAccount } from './billing/account';
import { endBilling } from './billing/end-billing';
import { db } from './db';

/**
 * Deletes a user and everything we hold of them, in one statement, after they can no longer be
 * charged: so nobody is ever deleted here and billed there.
 *
 * What ends at Stripe just before wakes the writer of billing state. It locks the customer and then
 * names the user, so the customers are locked first here, too: else each would wait for the other.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: nothing was deleted here
 */
export async function deleteAccount(account: BillingAccount): Promise<void> {
  await endBilling(account);
  await db().$executeRaw`
    WITH customer AS MATERIALIZED (
      SELECT id FROM "Customer" WHERE "userId" = ${account.id} ORDER BY id FOR UPDATE
    )
    DELETE FROM "User" WHERE id = ${account.id} AND (SELECT count(*) FROM customer) >= 0`;
}
