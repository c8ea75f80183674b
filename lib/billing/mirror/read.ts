import type Stripe from 'stripe';
import { refusedParam } from '../errors';
import { stripe } from '../stripe';
import { amountsIn } from './amounts-in';
import { customerColumns, goneCustomer } from './customer-columns';
import { invoiceRow } from './invoice-row';
import { plannedPrices } from './next-change';
import type { Owner } from './owner';
import { type Payments, readPayments } from './payments';
import type { Resource } from './resources';
import type { Mirror, SubscriptionRow } from './rows';
import { storedMirror } from './stored-mirror';
import { subscriptionRow } from './subscription-row';

/**
 * Reads resources of a customer from Stripe: one request for each, one more for each further hundred
 * in a list, one when a schedule will change a subscription, and one for the payments when an invoice
 * was ever charged. The subscriptions bring the customer with them.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function readMirror(owner: Owner, wanted: ReadonlySet<Resource>): Promise<Mirror> {
  const [subscriptions, invoices] = await Promise.all([
    wanted.has('subscriptions') ? unlessDeleted(owner, readSubscriptions) : {},
    wanted.has('invoices') ? unlessDeleted(owner, readInvoices) : {},
  ]);
  const mirror: Mirror = { ...invoices, ...subscriptions };
  if (wanted.has('customer') && !mirror.customer) mirror.customer = await readCustomer(owner);
  if (wanted.has('subscriptions')) mirror.subscriptions ??= await endedSubscriptions(owner);
  return mirror;
}

/**
 * As {@link readMirror} for a customer whom Stripe has just refused: all we can know when its id
 * belongs to another Stripe account is that it is gone.
 *
 * @throws Stripe.errors.StripeError when Stripe fails or is slow
 */
export async function readRefusedCustomer(owner: Owner): Promise<Mirror> {
  try {
    return await readMirror(owner, new Set(['customer', 'subscriptions']));
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    return { customer: goneCustomer };
  }
}

/** Stripe may refuse lists of a deleted customer. Then only the deletion is known. */
async function unlessDeleted(
  owner: Owner,
  read: (owner: Owner) => Promise<Mirror>,
): Promise<Mirror> {
  try {
    return await read(owner);
  } catch (error) {
    if (refusedParam(error) !== 'customer') throw error;
    const customer = await readCustomer(owner);
    if (!customer.deleted) throw error;
    return { customer };
  }
}

async function readCustomer({ customerId }: Owner) {
  const customer = await stripe().customers.retrieve(customerId, {
    expand: [
      'invoice_settings.default_payment_method',
      'subscriptions.data.default_payment_method',
    ],
  });
  if (customer.deleted) return customerColumns(customer, []);
  const { invoice_settings, subscriptions } = customer;
  const running = subscriptions?.data ?? [];
  if (running.length > 0 || invoice_settings.default_payment_method) {
    return customerColumns(customer, running);
  }
  const ended = await stripe().subscriptions.list({
    customer: customerId,
    status: 'all',
    limit: 10,
    expand: ['data.default_payment_method'],
  });
  return customerColumns(customer, ended.data);
}

async function readSubscriptions(owner: Owner): Promise<Mirror> {
  const subscriptions = await collect(
    stripe().subscriptions.list({
      customer: owner.customerId,
      status: 'all',
      limit: 100,
      expand: [
        'data.customer.invoice_settings.default_payment_method',
        'data.default_payment_method',
        'data.discounts.source.coupon',
      ],
    }),
  );
  const schedules = subscriptions.some(({ schedule }) => schedule)
    ? await readSchedules(owner)
    : [];
  const rows = await Promise.all(
    subscriptions.map(async (each) => {
      const items = await itemsOf(each);
      const prices = [...items.map(({ price }) => price), ...plannedPrices(each, schedules)];
      const amountOf = await amountsIn(each.currency, prices);
      return subscriptionRow(owner, each, items, schedules, amountOf);
    }),
  );
  const mirror: Mirror = { subscriptions: rows.filter((row) => row !== null) };
  const customer = subscriptions[0]?.customer;
  if (typeof customer === 'object') mirror.customer = customerColumns(customer, subscriptions);
  return mirror;
}

/** A request of its own: expanding the prices in the list of subscriptions would go too deep. */
async function readSchedules({ customerId }: Owner): Promise<Stripe.SubscriptionSchedule[]> {
  return collect(
    stripe().subscriptionSchedules.list({
      customer: customerId,
      limit: 100,
      expand: ['data.phases.items.price'],
    }),
  );
}

async function itemsOf({ id, items }: Stripe.Subscription): Promise<Stripe.SubscriptionItem[]> {
  if (!items.has_more) return items.data;
  return collect(stripe().subscriptionItems.list({ subscription: id, limit: 100 }));
}

async function readInvoices(owner: Owner): Promise<Mirror> {
  const { customerId: customer } = owner;
  const invoices = await collect(
    stripe().invoices.list({ customer, limit: 100, expand: ['data.payments'] }),
  );
  // After the invoices, so that an attempt that an invoice counts is not missing from its payment.
  const isCharged = invoices.some(({ attempt_count }) => attempt_count > 0);
  const payments: Payments = isCharged ? await readPayments(customer) : new Map();
  return { invoices: invoices.map((invoice) => invoiceRow(owner, invoice, payments)) };
}

/** Deleting a customer cancels its subscriptions at once, also those that Stripe no longer lists. */
async function endedSubscriptions({ customerId }: Owner): Promise<SubscriptionRow[]> {
  const stored = await storedMirror(customerId);
  return (stored?.subscriptions ?? []).map((row) =>
    row.endedAt ? row : { ...row, status: 'canceled', cancelAt: null, endedAt: new Date() },
  );
}

/** Every item of a list, read page by page. */
async function collect<T>(list: Stripe.ApiListPromise<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of list) all.push(item);
  return all;
}
