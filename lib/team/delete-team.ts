import type { SessionUser } from '../auth/session';
import { findBillingAccount } from '../billing/account';
import { deleteAccount } from '../delete-account';
import { asMember } from './members';

/**
 * Deletes the team that its owner acts for, with all that it has. What of its plan is paid and not used is
 * paid back, and its members act for themselves again.
 *
 * @throws TeamError `not-allowed`
 * @throws Stripe.errors.StripeError as {@link deleteAccount}
 */
export async function deleteTeam({ id, person, locale }: SessionUser): Promise<void> {
  // Marks it while the role is certain: from here on it goes, whoever it is handed over to.
  await asMember({ id, person }, 'deleteTeam', async (transaction) => {
    await transaction.billingAccount.update({ where: { id }, data: { deletingAt: new Date() } });
  });
  await deleteAccount({ ...(await findBillingAccount(id)), person, locale });
}
