import { z } from 'zod';
import { accessOf } from '@/lib/access';
import { type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { findPlan, freePlan } from '@/lib/billing/plans';
import { WrongState } from './compare';
import { mirrored } from './mirrored';
import type { Person } from './people';
import type { World } from './world';

/**
 * Compares what everybody may do with the table of circumstances. Which row of it applies is worked out
 * here, without the app's code.
 *
 * @throws WrongState when somebody may do something else
 */
export async function checkAccess({ database }: World, people: readonly Person[]): Promise<void> {
  for (const { name, user, customer } of people) {
    const facts = await mirrored(database, customer);
    const row = facts ? rowOf(schema.parse(facts)) : none;
    const isPaid = circumstances[row.state].access === 'plan';
    const plan = (isPaid && findPlan(row.plan)) || freePlan;
    const access = await accessOf({ id: user });
    if (access.state === row.state && access.plan === plan) continue;
    throw new WrongState(
      `${name} has ${access.plan.name} (${access.state}), and by the table ${plan.name} (${row.state}).`,
    );
  }
}

type Row = { state: CircumstanceName; plan: string | null };

const none: Row = { state: 'never_subscribed', plan: null };

const IMPORTANCE = 'active trialing past_due unpaid paused incomplete canceled incomplete_expired';
const HOUR = 3_600_000;

const date = z.coerce.date().nullable();
const schema = z.object({
  customer: z.object({
    deleted: z.boolean(),
    cardExpMonth: z.number().nullable(),
    cardExpYear: z.number().nullable(),
  }),
  subscriptions: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      plan: z.string().nullable(),
      createdAt: z.coerce.date(),
      currentPeriodEnd: z.coerce.date(),
      cancelAt: date,
      canceledAt: date,
      endedAt: date,
      trialEnd: date,
      pauseBehavior: z.string().nullable(),
      pauseReason: z.string().nullable(),
      cancelComment: z.string().nullable(),
    }),
  ),
});

type Facts = z.infer<typeof schema>;

function rowOf({ customer, subscriptions }: Facts): Row {
  const [first] = subscriptions.toSorted(
    (one, other) =>
      IMPORTANCE.indexOf(one.status) - IMPORTANCE.indexOf(other.status) ||
      Number(other.createdAt) - Number(one.createdAt) ||
      (one.id < other.id ? -1 : 1),
  );
  if (!first) return none;
  if (customer.deleted) return { state: 'customer_deleted', plan: null };
  return { state: stateOf(first, customer), plan: first.plan };
}

function stateOf(
  subscription: Facts['subscriptions'][number],
  { cardExpMonth: month, cardExpYear: year }: Facts['customer'],
): CircumstanceName {
  const { status, cancelAt, currentPeriodEnd, trialEnd, canceledAt, endedAt } = subscription;
  if (status === 'incomplete_expired') return 'never_started';
  if (status === 'canceled') {
    if (subscription.cancelComment?.includes('had a trial before')) return 'trial_refused';
    const ranOut = trialEnd && canceledAt && endedAt && canceledAt >= trialEnd;
    return ranOut && Number(endedAt) - Number(trialEnd) < HOUR ? 'trial_ended' : 'ended';
  }
  if (status === 'paused') {
    const isTrial = subscription.pauseReason === 'trial_end_without_payment_method';
    return isTrial ? 'trial_paused' : 'paused';
  }
  if (status === 'unpaid' || status === 'incomplete' || status === 'past_due') return status;
  if (cancelAt) return 'canceling';
  if (subscription.pauseBehavior) return 'collection_paused';
  const cardEnd = month && year ? Date.UTC(year, month) : null;
  if (status === 'trialing') return cardEnd ? 'trialing' : 'trialing_without_card';
  return cardEnd && cardEnd <= Number(currentPeriodEnd) ? 'card_expiring' : 'active';
}
