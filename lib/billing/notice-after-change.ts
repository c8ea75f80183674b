import { logBillingError } from './errors';
import { syncCustomer } from './mirror/sync';
import type { Notice } from './notices';

/**
 * Brings our database up to date after a change of ours at Stripe.
 *
 * @param notice what to tell the person if that works
 * @returns what to tell them: that the page is out of date when Stripe does not answer now, because
 *   the change itself was made
 */
export async function noticeAfterChange(customer: string, notice: Notice): Promise<Notice> {
  try {
    await syncCustomer(customer);
    return notice;
  } catch (error) {
    logBillingError(error);
    return 'stale';
  }
}
