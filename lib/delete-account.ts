import type { BillingAccount } from './billing/account';
import { endBilling } from './billing/end-billing';
import { db } from './db';

/**
 * Deletes a user and everything we hold of them, in one statement, after they can no longer be
 * charged: so nobody is ever deleted here and billed there.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: nothing was deleted here
 */
export async function deleteAccount(account: BillingAccount): Promise<void> {
  await endBilling(account);
  await db().user.deleteMany({ where: { id: account.id } });
}
