import type Stripe from 'stripe';
import { db } from '../db';
import type { Prisma } from '../generated/prisma/client';
import { planOfProduct } from './plans';
import { idOf, stripe } from './stripe';

/**
 * The one writer of billing state: reads what Stripe says of a customer now and makes our database
 * say the same, whatever woke it. Safe to call at any time, any number of times, at once.
 *
 * A read takes a stamp before it begins, and is written only if no later-stamped read was written
 * before it: so a slow, old read never overwrites a newer one, across processes too, without a lock
 * held while we talk to Stripe. docs/decisions says why that is enough.
 *
 * @param customerId Stripe's id of the customer
 * @param event the event that asked for it: marked processed in the same transaction as its effect
 * @returns `unknown` when the customer is not one of ours, and nothing was written
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: nothing was written
 */
export async function syncCustomer(
  customerId: string,
  event?: { id: string },
): Promise<'synced' | 'unknown'> {
  const syncedAt = new Date();
  const reader = await takeStamp(customerId);
  if (!reader) return 'unknown';
  const state = await readStripe(customerId);
  await write(
    { customerId, userId: reader.userId, stamp: reader.stampTaken, syncedAt },
    state,
    event,
  );
  return 'synced';
}

async function takeStamp(id: string): Promise<{ userId: string; stampTaken: number } | undefined> {
  const [reader] = await db().customer.updateManyAndReturn({
    where: { id },
    data: { stampTaken: { increment: 1 } },
    select: { userId: true, stampTaken: true },
  });
  return reader;
}

type State = {
  customer: Stripe.Customer | Stripe.DeletedCustomer;
  subscriptions: Stripe.Subscription[];
  invoices: Stripe.Invoice[];
};

async function readStripe(customer: string): Promise<State> {
  const [retrieved, subscriptions, invoices] = await Promise.all([
    stripe().customers.retrieve(customer, { expand: ['invoice_settings.default_payment_method'] }),
    all(
      stripe().subscriptions.list({
        customer,
        status: 'all',
        limit: 100,
        expand: ['data.default_payment_method'],
      }),
    ),
    all(stripe().invoices.list({ customer, limit: 100 })),
  ]);
  return { customer: retrieved, subscriptions, invoices };
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

type Reading = { customerId: string; userId: string; stamp: number; syncedAt: Date };

async function write(reading: Reading, state: State, event?: { id: string }): Promise<void> {
  const { customerId, userId, stamp, syncedAt } = reading;
  const owner = { customerId, userId };
  await db().$transaction(async (tx) => {
    const { count } = await tx.customer.updateMany({
      where: { id: customerId, stampWritten: { lt: stamp } },
      data: {
        stampWritten: stamp,
        syncedAt,
        deleted: Boolean(state.customer.deleted),
        ...cardColumns(state),
      },
    });
    if (count > 0) {
      await tx.subscription.deleteMany({ where: { customerId } });
      await tx.subscription.createMany({
        data: state.subscriptions.flatMap((subscription) => subscriptionRow(owner, subscription)),
      });
      await tx.invoice.deleteMany({ where: { customerId } });
      await tx.invoice.createMany({
        data: state.invoices.map((invoice) => invoiceRow(owner, invoice)),
      });
    }
    if (event) await markProcessed(tx, event.id);
  });
}

async function markProcessed(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.stripeEvent.update({
    where: { id },
    data: { status: 'processed', error: null, processedAt: new Date() },
  });
}

/** The card that the next invoice is charged to: the subscription's own, else the customer's. */
function cardColumns({ customer, subscriptions }: State) {
  const paying = subscriptions.find(({ status }) => status !== 'canceled');
  const method =
    paying?.default_payment_method ??
    (customer.deleted ? null : customer.invoice_settings.default_payment_method);
  const card = method && typeof method !== 'string' ? method.card : undefined;
  return {
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    cardExpMonth: card?.exp_month ?? null,
    cardExpYear: card?.exp_year ?? null,
  };
}

type Owner = { customerId: string; userId: string };

function subscriptionRow(owner: Owner, subscription: Stripe.Subscription) {
  const items = subscription.items.data;
  // The item that names a plan of ours; a subscription made elsewhere may have others beside it.
  const item = items.find(({ price }) => planOfProduct(idOf(price.product))) ?? items[0];
  if (!item) return [];
  const { price } = item;
  const periodEnd = Math.max(...items.map((each) => each.current_period_end));
  const row: Prisma.SubscriptionCreateManyInput = {
    ...owner,
    id: subscription.id,
    status: subscription.status,
    plan: planOfProduct(idOf(price.product))?.name ?? null,
    itemId: item.id,
    priceId: price.id,
    productId: idOf(price.product),
    currency: price.currency,
    unitAmount: price.unit_amount,
    quantity: item.quantity ?? 1,
    interval: price.recurring?.interval ?? 'month',
    intervalCount: price.recurring?.interval_count ?? 1,
    currentPeriodStart: date(item.current_period_start),
    currentPeriodEnd: date(item.current_period_end),
    // Newer subscriptions carry the date alone and leave the flag false, older ones the flag.
    cancelAt: date(
      subscription.cancel_at ?? (subscription.cancel_at_period_end ? periodEnd : null),
    ),
    canceledAt: date(subscription.canceled_at),
    endedAt: date(subscription.ended_at),
    trialEnd: date(subscription.trial_end),
    createdAt: date(subscription.created),
  };
  return [row];
}

function invoiceRow(owner: Owner, invoice: Stripe.Invoice): Prisma.InvoiceCreateManyInput {
  const subscription = invoice.parent?.subscription_details?.subscription;
  return {
    ...owner,
    id: invoice.id,
    subscriptionId: subscription ? idOf(subscription) : null,
    number: invoice.number,
    status: invoice.status ?? 'draft',
    currency: invoice.currency,
    total: invoice.total,
    amountPaid: invoice.amount_paid,
    amountDue: invoice.amount_due,
    hostedInvoiceUrl: invoice.hosted_invoice_url ?? null,
    invoicePdf: invoice.invoice_pdf ?? null,
    createdAt: date(invoice.created),
  };
}

function date(seconds: number): Date;
function date(seconds: number | null): Date | null;
function date(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1000);
}
