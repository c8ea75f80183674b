import type Stripe from 'stripe';
import { db } from '../db';
import { findBillingAccount, type OwnSubscription } from './account';
import { planChange } from './change-plan';
import { syncCustomer } from './mirror/sync';
import { nextChangeOf } from './next-change';
import { seatsFor } from './plan-change';
import { findPaidPlan, isInterval, planChangeProration, teams } from './plans';
import { stripe } from './stripe';
import { isLive, isOngoing } from './subscription-status';

/**
 * Makes an account pay for as many seats as it has members, also in a change of plan that is planned.
 * More are charged at once; fewer as the catalogue says. Doing it again changes nothing. A person alone,
 * and a plan that is not sold by the seat, are left alone.
 *
 * @throws Stripe.errors.StripeError when Stripe refuses, fails or is slow: trying again continues
 */
export async function setSeats(accountId: string): Promise<void> {
  const { customer } = await findBillingAccount(accountId);
  if (!customer) return;
  // Not by our own copy, which may be a moment behind.
  await syncCustomer(customer, { resources: ['subscriptions'] });
  const { subscription, members } = await findBillingAccount(accountId);
  if (!subscription || !hasOtherSeats(subscription, members)) return;
  const held = findPaidPlan(subscription.plan);
  const quantity = held ? seatsFor(held, members, subscription.quantity) : subscription.quantity;
  if (quantity !== subscription.quantity) await setQuantity(subscription, quantity);
  const next = nextChangeOf(subscription);
  const plan = findPaidPlan(next?.plan);
  if (plan && isInterval(next?.interval)) {
    const planned = seatsFor(plan, members, next.quantity);
    const goal = { plan, interval: next.interval, quantity: planned };
    await planChange({ ...subscription, quantity }, goal);
  }
  await syncCustomer(customer);
}

type Seats = Pick<OwnSubscription, 'status' | 'plan' | 'quantity' | 'nextChange'>;

/**
 * Whether a subscription has other seats than its account has members. One whose first payment or whose
 * change still waits for money is looked at once that is decided.
 */
export function hasOtherSeats(subscription: Seats, members: number | null): boolean {
  const next = nextChangeOf(subscription);
  if (!isOngoing(subscription.status) || next?.kind === 'unpaid') return false;
  return [subscription, next].some((terms) => {
    const plan = findPaidPlan(terms?.plan);
    return terms && plan && seatsFor(plan, members, terms.quantity) !== terms.quantity;
  });
}

/**
 * The accounts that pay for other seats than they have members, by our own copy.
 *
 * @param id only this one
 */
export async function accountsWithOtherSeats(id?: string): Promise<string[]> {
  const rows = await db().subscription.findMany({
    where: {
      status: { notIn: ['canceled', 'incomplete', 'incomplete_expired'] },
      customer: { account: { id, teamId: { not: null } } },
    },
    relationLoadStrategy: 'join',
    select: {
      ...{ status: true, plan: true, quantity: true, nextChange: true },
      customer: {
        select: {
          userId: true,
          account: { select: { team: { select: { _count: { select: { members: true } } } } } },
        },
      },
    },
  });
  return rows.flatMap(({ customer: { userId, account }, ...subscription }) =>
    hasOtherSeats(subscription, account.team?._count.members ?? null) ? [userId] : [],
  );
}

/**
 * Seats that are given up before the next invoice stay paid for until then: whoever takes one of them over
 * is not charged again. Stripe keeps how many there are, so that it cannot differ from what it charged.
 */
async function setQuantity(own: OwnSubscription, quantity: number): Promise<void> {
  const { status, item, held, paid } = await readSeats(own);
  if (!item || held === quantity) return;
  const update = (seats: number, params: Stripe.SubscriptionUpdateParams) =>
    stripe().subscriptions.update(own.id, { items: [{ id: item.id, quantity: seats }], ...params });
  const charges = isLive(status) ? planChangeProration : 'none';
  if (quantity < held) {
    const isCredited = teams?.fewerSeats === 'at-once';
    await update(quantity, {
      proration_behavior: isCredited ? charges : 'none',
      metadata: { paidSeats: isCredited ? '' : `${paid} ${periodOf(item)}` },
    });
    return;
  }
  if (paid > held) await update(Math.min(paid, quantity), { proration_behavior: 'none' });
  if (quantity > paid) await update(quantity, { proration_behavior: charges });
}

/** How many seats are paid for until the period ends, with those that were given up in it. */
export async function seatsPaidFor(own: OwnSubscription): Promise<number> {
  return (await readSeats(own)).paid;
}

async function readSeats({ id, itemId }: OwnSubscription) {
  const { status, items, metadata } = await stripe().subscriptions.retrieve(id);
  const item = items.data.find((each) => each.id === itemId);
  const held = item?.quantity ?? 1;
  const [seats, period] = (metadata.paidSeats ?? '').split(' ');
  const isCurrent = item && period === periodOf(item);
  return { status, item, held, paid: isCurrent ? Math.max(held, Number(seats)) : held };
}

/** Another price is another thing to pay for. */
function periodOf({ price, current_period_end }: Stripe.SubscriptionItem): string {
  return `${price.id}:${current_period_end}`;
}
