import { db } from '../db';
import type { Locale } from '../locale';
import type { BillingAccount } from './account';
import { retentionOffer } from './plans';
import { createPortalUrl } from './portal';
import { isOngoing } from './subscription-status';

/** Milliseconds. */
const YEAR = 365 * 24 * 60 * 60 * 1_000;

/**
 * Opens the portal where it cancels the plan, with the offer for those who stay: shown at most once a
 * year, whether it was accepted or not. It counts as shown when the page is opened, because Stripe
 * takes the discount once for each page that is open.
 *
 * @returns the portal's address, as {@link createPortalUrl}, which also says what it throws
 */
export async function openCancellation(account: BillingAccount, locale: Locale | null) {
  const { subscription } = account;
  const isCancelable = subscription && isOngoing(subscription.status) && !subscription.cancelAt;
  const offered = isCancelable ? await claimOffer(account.id) : null;
  const offer = offered ? retentionOffer.name : undefined;
  try {
    return await createPortalUrl(account, { flow: 'subscription_cancel', offer }, locale);
  } catch (error) {
    const shown = { id: account.id, retentionOfferedAt: offered };
    if (offered) {
      await db().billingAccount.updateMany({ where: shown, data: { retentionOfferedAt: null } });
    }
    throw error;
  }
}

/** One statement, so that of two clicks at once only one gets it. */
async function claimOffer(id: string): Promise<Date | null> {
  const now = new Date();
  const { count } = await db().billingAccount.updateMany({
    where: {
      id,
      OR: [
        { retentionOfferedAt: null },
        { retentionOfferedAt: { lt: new Date(now.getTime() - YEAR) } },
      ],
    },
    data: { retentionOfferedAt: now },
  });
  return count === 1 ? now : null;
}
