import type Stripe from 'stripe';
import { refusedParam } from '../errors';
import { stripe } from '../stripe';
import type { Part } from './resources';
import {
  type CustomerColumns,
  customerColumns,
  type InvoiceRow,
  invoiceRow,
  type Owner,
  type SubscriptionRow,
  subscriptionRows,
} from './rows';

/** What Stripe says of a customer, as our database is to say it. A part that was not read is absent. */
export type Mirror = {
  customer?: CustomerColumns;
  subscriptions?: SubscriptionRow[];
  invoices?: InvoiceRow[];
  /** Lookup keys, in alphabetical order. */
  entitlements?: string[];
};

/** Makes one request to Stripe: how a caller paces requests, or tries them again. */
export type Call = <T>(request: () => Promise<T>) => Promise<T>;

/**
 * Reads parts of a customer from Stripe: one request for each, and one more for each further hundred
 * of a list. Subscriptions bring the customer with them.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function readMirror(
  owner: Owner,
  parts: ReadonlySet<Part>,
  call: Call = (request) => request(),
): Promise<Mirror> {
  const [subscribed, invoices, entitlements] = await Promise.all([
    parts.has('subscriptions') ? unlessDeleted(owner, call, readSubscriptions) : {},
    parts.has('invoices') ? unlessDeleted(owner, call, readInvoices) : {},
    parts.has('entitlements') ? unlessDeleted(owner, call, readEntitlements) : {},
  ]);
  const isKnown = 'customer' in subscribed || !parts.has('customer');
  const customer = isKnown ? {} : await readCustomer(owner, call);
  return { ...customer, ...subscribed, ...invoices, ...entitlements };
}

/**
 * Stripe refuses some lists of a customer who was deleted. Then that is what there is to know: nothing
 * is active any more, and the history stays as we have it.
 */
async function unlessDeleted(
  owner: Owner,
  call: Call,
  read: (owner: Owner, call: Call) => Promise<Mirror>,
): Promise<Mirror> {
  try {
    return await read(owner, call);
  } catch (error) {
    if (refusedParam(error) !== 'customer') throw error;
    const { customer } = await readCustomer(owner, call);
    if (!customer?.deleted) throw error;
    return { customer, entitlements: [] };
  }
}

async function readCustomer({ customerId }: Owner, call: Call): Promise<Mirror> {
  const customer = await call(() =>
    stripe().customers.retrieve(customerId, {
      expand: [
        'invoice_settings.default_payment_method',
        'subscriptions.data.default_payment_method',
      ],
    }),
  );
  const subscriptions = customer.deleted ? [] : (customer.subscriptions?.data ?? []);
  return { customer: customerColumns(customer, subscriptions) };
}

async function readSubscriptions(owner: Owner, call: Call): Promise<Mirror> {
  const subscriptions = await listSubscriptions(owner.customerId, call);
  const rows = await Promise.all(
    subscriptions.map(async (subscription) =>
      subscriptionRows(owner, subscription, await itemsOf(subscription, call)),
    ),
  );
  const customer = subscriptions[0]?.customer;
  return {
    subscriptions: rows.flat(),
    ...(typeof customer === 'object' && { customer: customerColumns(customer, subscriptions) }),
  };
}

function listSubscriptions(customer: string, call: Call): Promise<Stripe.Subscription[]> {
  return everyPage(call, (starting_after) =>
    stripe().subscriptions.list({
      ...{ customer, status: 'all', limit: 100, starting_after },
      expand: [
        'data.customer.invoice_settings.default_payment_method',
        'data.default_payment_method',
        'data.discounts.source.coupon',
      ],
    }),
  );
}

async function itemsOf(
  { id, items }: Stripe.Subscription,
  call: Call,
): Promise<Stripe.SubscriptionItem[]> {
  if (!items.has_more) return items.data;
  return everyPage(call, (starting_after) =>
    stripe().subscriptionItems.list({ subscription: id, limit: 100, starting_after }),
  );
}

async function readInvoices(owner: Owner, call: Call): Promise<Mirror> {
  const invoices = await everyPage(call, (starting_after) =>
    stripe().invoices.list({ customer: owner.customerId, limit: 100, starting_after }),
  );
  return { invoices: invoices.map((invoice) => invoiceRow(owner, invoice)) };
}

async function readEntitlements({ customerId }: Owner, call: Call): Promise<Mirror> {
  const entitlements = await everyPage(call, (starting_after) =>
    stripe().entitlements.activeEntitlements.list({
      ...{ customer: customerId, limit: 100, starting_after },
    }),
  );
  return { entitlements: entitlements.map(({ lookup_key }) => lookup_key).sort() };
}

async function everyPage<T extends { id: string }>(
  call: Call,
  page: (startingAfter: string | undefined) => Promise<Stripe.ApiList<T>>,
): Promise<T[]> {
  const everything: T[] = [];
  for (let after: string | undefined; ; ) {
    const { data, has_more } = await call(() => page(after));
    everything.push(...data);
    after = data.at(-1)?.id;
    if (!has_more || !after) return everything;
  }
}
