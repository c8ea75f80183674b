import type Stripe from 'stripe';
import type { BillingAccount } from './account';
import { BillingError, unlessDone } from './errors';
import { noticeAfterChange } from './notice-after-change';
import type { Notice } from './notices';
import { stripe } from './stripe';
import { isOngoing } from './subscription-status';

/**
 * Lets somebody's plan go on as it is: takes back a cancellation that is planned, a change at the end
 * of the period, and one that waits for its payment. Pauses are left alone. Doing it again, or when
 * nothing is planned, changes nothing.
 *
 * @returns what to tell the person
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function keepPlan(account: BillingAccount): Promise<Notice> {
  const { customer, subscription } = account;
  if (!customer || !subscription || !isOngoing(subscription.status)) {
    throw new BillingError('nothing-to-keep', `user ${account.id} has no plan that goes on`);
  }
  await takeBack(subscription.id);
  return noticeAfterChange(customer, 'kept');
}

async function takeBack(id: string): Promise<void> {
  const { cancel_at_period_end, cancel_at } = await takeBackChange(id);
  if (cancel_at_period_end) {
    await stripe().subscriptions.update(id, { cancel_at_period_end: false });
  } else if (cancel_at !== null) {
    await stripe().subscriptions.update(id, { cancel_at: '' });
  }
}

/**
 * Takes back a change that a schedule would make, and one that waits for its payment.
 *
 * @returns the subscription as it was before
 */
export async function takeBackChange(id: string): Promise<Stripe.Subscription> {
  const subscription = await stripe().subscriptions.retrieve(id, {
    expand: ['schedule', 'latest_invoice'],
  });
  const { schedule, pending_update, latest_invoice } = subscription;
  const plans = typeof schedule === 'object' ? schedule : null;
  if (plans && (plans.phases.length > 1 || plans.end_behavior === 'cancel')) {
    await unlessDone(stripe().subscriptionSchedules.release(plans.id));
  }
  if (pending_update && typeof latest_invoice === 'object' && latest_invoice?.status === 'open') {
    await unlessDone(stripe().invoices.voidInvoice(latest_invoice.id));
  }
  return subscription;
}
