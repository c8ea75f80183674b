import type { BillingAccount } from './billing/account';
import { endBilling } from './billing/end-billing';
import { isLivemode } from './billing/stripe';
import { db } from './db';

/**
 * Deletes a user and everything we hold of them, in one statement, after they can no longer be
 * charged: so nobody is ever deleted here and billed there.
 *
 * The account is marked first. A Checkout that is being opened at this moment looks for the mark after
 * it was opened, and closes it: whichever of the two looks last finds the other. The customer's id is
 * kept for payments that arrive later still.
 *
 * What ends at Stripe just before wakes the writer of billing state. It locks the customer and then
 * names the user, so the customers are locked first here, too: else each would wait for the other.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: nothing was deleted here
 */
export async function deleteAccount(account: BillingAccount): Promise<void> {
  const mark = (deletingAt: Date | null) =>
    db().user.updateMany({ where: { id: account.id }, data: { deletingAt } });
  await mark(new Date());
  let lastInvoice: string | null;
  try {
    lastInvoice = await endBilling(account);
  } catch (error) {
    await mark(null);
    throw error;
  }
  await db().$executeRaw`
    WITH customer AS MATERIALIZED (
      SELECT id FROM "Customer" WHERE "userId" = ${account.id} ORDER BY id FOR UPDATE
    ), deleted AS (
      INSERT INTO "DeletedCustomer" (id, livemode, "lastInvoiceId")
      SELECT ${account.customer}, ${isLivemode()}, ${lastInvoice} WHERE ${account.customer}::text IS NOT NULL
      ON CONFLICT (id) DO NOTHING
    )
    DELETE FROM "User" WHERE id = ${account.id} AND (SELECT count(*) FROM customer) >= 0`;
}
