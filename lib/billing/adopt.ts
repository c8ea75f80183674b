import type Stripe from 'stripe';
import { parseEmailAddress } from '../auth/email-address';
import { db } from '../db';
import { linkCustomer } from './customer';
import { syncCustomer } from './mirror/sync';
import { planOfProduct } from './plans';
import { idOf, stripe } from './stripe';
import { loggedEvents } from './webhook/logged-events';

/** A customer that was at Stripe before us. */
export type Found = {
  /** Stripe's id (cus_…). */
  id: string;
  /** What it pays for; `plan` is null for what is not in the catalogue. */
  subscriptions: { id: string; status: string; plan: string | null }[];
};

/** A user of ours without a customer, and the customers at Stripe that may be theirs. */
export type Match = {
  user: { id: string; email: string };
  customers: Found[];
  /** By what they match: `userId` in the customer's metadata, or the address. */
  by: 'metadata' | 'email';
  /** Why it is not linked; null when it can be. */
  unclear: 'several' | 'unverified' | null;
};

/**
 * Finds the customers at Stripe that belong to users of ours who have none: by `userId` in their
 * metadata, then by the address, where the user has proved that it is theirs. Reads every customer of
 * the Stripe account, a hundred with each request, and changes nothing.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow
 */
export async function findAdoptable(): Promise<Match[]> {
  const found = new Map<string, Candidate>();
  const list = stripe().customers.list({ limit: PAGE, expand: ['data.subscriptions'] });
  let page: Stripe.Customer[] = [];
  for await (const customer of list) {
    page.push(customer);
    if (page.length < PAGE) continue;
    await addCandidates(found, page);
    page = [];
  }
  await addCandidates(found, page);
  return [...found.values()]
    .map(toMatch)
    .toSorted((a, b) => a.user.email.localeCompare(b.user.email));
}

/** As many as Stripe lists with one request: our users are looked up once for each of these. */
const PAGE = 100;

/** A user, and the customers that may be theirs. */
type Candidate = {
  user: Match['user'] & { emailVerified: Date | null };
  byMetadata: Found[];
  byEmail: Found[];
};

async function addCandidates(
  found: Map<string, Candidate>,
  customers: readonly Stripe.Customer[],
): Promise<void> {
  const id = { in: customers.map((customer) => customer.id) };
  const userIds = customers.flatMap(({ metadata: { userId } }) => userId ?? []);
  const emails = customers.flatMap(({ email }) => parseEmailAddress(email) ?? []);
  const [users, ...taken] = await Promise.all([
    db().user.findMany({
      where: {
        OR: [{ id: { in: userIds } }, { email: { in: emails } }],
        stripeCustomerId: null,
        account: { deletingAt: null },
      },
      select: { id: true, email: true, emailVerified: true },
    }),
    db().customer.findMany({ where: { id }, select: { id: true } }),
    db().deletedCustomer.findMany({ where: { id }, select: { id: true } }),
  ]);
  const isTaken = new Set(taken.flat().map((each) => each.id));
  for (const customer of customers) {
    if (isTaken.has(customer.id)) continue;
    const named = users.find((user) => user.id === customer.metadata.userId);
    const email = parseEmailAddress(customer.email);
    const user = named ?? users.find((each) => each.email === email);
    if (!user) continue;
    const candidate = found.get(user.id) ?? { user, byMetadata: [], byEmail: [] };
    found.set(user.id, candidate);
    (named ? candidate.byMetadata : candidate.byEmail).push(toFound(customer));
  }
}

function toMatch({ user: { emailVerified, ...user }, byMetadata, byEmail }: Candidate): Match {
  const by = byMetadata.length > 0 ? 'metadata' : 'email';
  const customers = by === 'metadata' ? byMetadata : byEmail;
  const isProved = by === 'metadata' || emailVerified !== null;
  const unclear = customers.length > 1 ? 'several' : isProved ? null : 'unverified';
  return { user, customers, by, unclear };
}

function toFound({ id, subscriptions }: Stripe.Customer): Found {
  return {
    id,
    subscriptions: (subscriptions?.data ?? []).map((each) => ({
      id: each.id,
      status: each.status,
      plan:
        each.items.data.flatMap(({ price }) => planOfProduct(idOf(price.product))?.name ?? [])[0] ??
        null,
    })),
  };
}

/**
 * Makes a customer that is clearly a user's theirs, and brings in what it pays for as history: nobody is
 * mailed or told of it.
 *
 * @returns false when the user got another customer meanwhile: nothing was changed then
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: doing it again continues
 */
export async function adopt({ user, customers, unclear }: Match): Promise<boolean> {
  const [customer] = customers;
  if (!customer || unclear) return false;
  // First, so that it is found by its metadata if this is interrupted.
  await stripe().customers.update(customer.id, { metadata: { userId: user.id } });
  if (!(await linkCustomer({ ...user, stripeCustomerId: null }, customer.id))) return false;
  // What arrived before we knew whose it was is history, too.
  const early = await loggedEvents({ customerId: customer.id, status: 'ignored' });
  const events = early.flatMap(({ id, resource }) => (resource ? [id] : []));
  await syncCustomer(customer.id, { asHistory: true, events });
  return true;
}
