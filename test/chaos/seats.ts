import { paidPlans } from '@/lib/billing/plans';
import { WrongState } from './compare';
import type { Person } from './people';
import type { World } from './world';

const IMPORTANCE = ['active', 'trialing', 'past_due', 'unpaid', 'paused'];

/**
 * Checks that a team pays for as many seats as it has members, as far as its plan goes.
 *
 * @throws WrongState when it pays for others
 */
export async function checkSeats(
  { stripe, database }: World,
  people: readonly Person[],
): Promise<void> {
  for (const { name, user, customer } of people.filter(({ isTeam }) => isTeam)) {
    const members = await database.member.count({ where: { teamId: user } });
    const held = stripe.run('test', (ctx) => {
      if (!ctx.find('customer', customer)) return undefined;
      // The newest counts; of several of the same second, the one whose id comes first.
      const all = [...ctx.by('subscription', 'customer', customer)].toSorted(
        (a, b) => b.created - a.created || (a.id < b.id ? -1 : 1),
      );
      return IMPORTANCE.flatMap((status) => all.filter((it) => it.status === status))[0];
    });
    const item = held?.items.data[0];
    const plan = paidPlans.find((it) => `plan_${it.name}` === item?.price.product);
    // What waits for a payment is decided by it.
    if (!item || !plan?.seats || held?.pending_update) continue;
    const seats = Math.min(Math.max(members, plan.seats.min), plan.seats.max);
    if (item.quantity !== seats) {
      throw new WrongState(`${name} has ${members} members and pays for ${item.quantity} seats.`);
    }
  }
}
