import { findBillingAccount } from '@/lib/billing/account';
import { catalogueId } from '@/lib/billing/catalogue-objects';
import { ensureCustomer } from '@/lib/billing/customer';
import { syncCustomer } from '@/lib/billing/mirror/sync';
import { lookupKey, paidPlans } from '@/lib/billing/plans';
import { stripe } from '@/lib/billing/stripe';
import { db } from '@/lib/db';

/** Who the demonstration signs in as. */
export const demoUser = { email: 'demo@example.com', name: 'Ada Demo' } as const;

type Person = { email: string; name: string };

/**
 * Puts somebody into the database, with two projects, on the first paid plan at Stripe (in test mode: they
 * pay with a test card). Doing it again changes nothing, also after they changed or cancelled the plan.
 *
 * @throws BillingError `not-set-up` when the catalogue was not pushed before
 */
export async function seed(person: Person = demoUser): Promise<void> {
  const user = await db().user.upsert({
    where: { email: person.email },
    create: { ...person, emailVerified: new Date() },
    update: {},
  });
  const customer = await ensureCustomer(await findBillingAccount(user.id));
  const { data } = await stripe().subscriptions.list({ customer, status: 'all', limit: 1 });
  if (data.length === 0) {
    await subscribe(customer, person.name);
    await createProjects(user.id);
  }
  await syncCustomer(customer);
}

async function createProjects(userId: string): Promise<void> {
  const names = ['Lighthouse', 'Harbour map'];
  await db().project.createMany({ data: names.map((name) => ({ userId, name })) });
}

async function subscribe(customer: string, name: string): Promise<void> {
  const [plan] = paidPlans;
  if (!plan) return;
  const card = await stripe().paymentMethods.attach('pm_card_visa', { customer });
  await stripe().customers.update(customer, {
    name,
    invoice_settings: { default_payment_method: card.id },
  });
  await stripe().subscriptions.create(
    { customer, items: [{ price: await catalogueId(lookupKey(plan, 'month')) }] },
    { idempotencyKey: `seed:${customer}` },
  );
}
