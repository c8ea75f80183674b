import { db } from '../db';
import type { BillingAccount } from './account';
import { limitClicks } from './click-limit';
import { logBillingError } from './errors';
import { syncCustomer } from './mirror/sync';
import { askForInvoice } from './preview-change';
import { idOf, stripe } from './stripe';
import { isLive } from './subscription-status';
import { refund } from './webhook/refund-invoice';

/** An amount in the currency's smallest unit. */
export type Unused = { amount: number; currency: string };

/**
 * What of the present period is paid and would not be used any more if the plan ended now, as Stripe
 * computes it. A page that shows it can be loaded without a click and so counts as one.
 *
 * @returns null when that is nothing; 'unknown' when they ask too often, and when Stripe refuses, fails or
 *   is slow, which is logged
 */
export async function unusedOf(account: BillingAccount): Promise<Unused | null | 'unknown'> {
  try {
    await limitClicks(account.person?.id ?? account.id);
    const amount = (await partsOf(account)).reduce((sum, part) => sum + part.amount, 0);
    return amount > 0 ? { amount, currency: account.subscription?.currency ?? '' } : null;
  } catch (error) {
    logBillingError(error);
    return 'unknown';
  }
}

/**
 * Pays back what {@link unusedOf} says, to the card it was paid with. Doing it again pays back nothing more.
 *
 * @returns how much that was
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: trying again continues
 */
export async function refundUnused(account: BillingAccount): Promise<Unused | null> {
  if (!account.customer || !account.subscription) return null;
  await syncCustomer(account.customer);
  let amount = 0;
  for (const part of await partsOf(account)) {
    const { payments } = await stripe().invoices.retrieve(part.invoice, { expand: ['payments'] });
    const paid = payments?.data.find(({ status }) => status === 'paid')?.payment.payment_intent;
    const key = `unused:${part.invoice}:${part.refunded}`;
    if (paid && (await refund(idOf(paid), key, part.amount))) amount += part.amount;
  }
  return amount > 0 ? { amount, currency: account.subscription.currency } : null;
}

/** How much of which invoice of the period, the newest first. What was refunded in it before counts. */
async function partsOf(account: BillingAccount) {
  const { subscription } = account;
  if (!subscription || !isLive(subscription.status) || subscription.status === 'trialing')
    return [];
  const { currentPeriodStart } = await db().subscription.findUniqueOrThrow({
    where: { id: subscription.id },
    select: { currentPeriodStart: true },
  });
  const [ended, invoices] = await Promise.all([
    askForInvoice(account, 'next', { cancel_now: true, proration_behavior: 'always_invoice' }),
    db().invoice.findMany({
      where: {
        subscriptionId: subscription.id,
        status: 'paid',
        createdAt: { gte: currentPeriodStart },
      },
      orderBy: { createdAt: 'desc' },
    }),
  ]);
  const refunded = ({ amountRefunded }: (typeof invoices)[number]) => Number(amountRefunded ?? 0);
  let left = invoices.reduce((sum, invoice) => sum - refunded(invoice), -ended.total);
  return invoices.flatMap((invoice) => {
    const amount = Math.min(left, Number(invoice.amountPaid) - refunded(invoice));
    if (amount <= 0) return [];
    left -= amount;
    return [{ invoice: invoice.id, amount, refunded: refunded(invoice) }];
  });
}
