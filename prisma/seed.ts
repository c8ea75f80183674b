import { findBillingAccount } from '@/lib/billing/account';
import { catalogueId } from '@/lib/billing/catalogue-objects';
import { ensureCustomer } from '@/lib/billing/customer';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { lookupKey, paidPlans } from '@/lib/billing/plans';
import { stripe } from '@/lib/billing/stripe';
import { db } from '@/lib/db';

/** Who the demonstration signs in as. */
export const demoUser = { email: 'demo@example.com', name: 'Ada Demo' } as const;

/**
 * Puts the demo user into the database, on the first paid plan at Stripe (in test mode: it pays with a
 * test card). Doing it again changes nothing, also after the user changed or cancelled the plan.
 *
 * @throws BillingError `not-set-up` when the catalogue was not pushed before
 */
export async function seed(): Promise<void> {
  const user = await db().user.upsert({
    where: { email: demoUser.email },
    create: { ...demoUser, emailVerified: new Date() },
    update: {},
  });
  const customer = await ensureCustomer(await findBillingAccount(user.id));
  const { data } = await stripe().subscriptions.list({ customer, status: 'all', limit: 1 });
  if (data.length === 0) await subscribe(customer);
  await syncCustomer(customer);
}

async function subscribe(customer: string): Promise<void> {
  const [plan] = paidPlans;
  if (!plan) return;
  const card = await stripe().paymentMethods.attach('pm_card_visa', { customer });
  await stripe().customers.update(customer, {
    name: demoUser.name,
    invoice_settings: { default_payment_method: card.id },
  });
  await stripe().subscriptions.create(
    { customer, items: [{ price: await catalogueId(lookupKey(plan, 'month')) }] },
    { idempotencyKey: `seed:${customer}` },
  );
}
