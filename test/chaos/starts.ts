import type { Context, Stored } from 'stripe-emulator/testing';
import { WrongState } from './compare';
import type { Person } from './people';
import type { World } from './world';

const ONGOING = ['active', 'trialing', 'past_due', 'unpaid', 'paused'];

/**
 * Has the app do what follows from the changes that were recorded: undo what must not have begun. What
 * failed before is due at once, and what a dead process had taken, too.
 *
 * @returns whether there was something left to do
 */
export async function followUp({ database, places }: World): Promise<boolean> {
  const { count } = await database.mirrorChange.updateMany({
    where: { deliveredAt: null },
    data: { dueAt: new Date(0) },
  });
  const reply = await places[0]?.seat.ask('/follow-up');
  if (!reply?.ok) throw new WrongState(`What follows from changes failed: ${await reply?.text()}`);
  return count > 0;
}

/**
 * Checks that nobody is left with a second plan that they bought, that its payments were refunded, and
 * that no card has two trials.
 *
 * @param options.trials whether every event was delivered: only an event says that a card was added
 * @throws WrongState when somebody is
 */
export function checkStarts(
  { stripe }: World,
  people: readonly Person[],
  { trials }: { trials: boolean },
): void {
  stripe.run('test', (ctx) => {
    const tried = new Map<string, string>();
    for (const { name, customer } of people) {
      const all = [...ctx.by('subscription', 'customer', customer)];
      // The newest comes first, and the oldest plan stays.
      const later = all.filter(({ status }) => ONGOING.includes(status)).slice(0, -1);
      if (later.some(isBought)) throw new WrongState(`${name} is left with a second plan.`);
      for (const { id } of all.filter(isSecond)) {
        if (paidFor(ctx, id)) throw new WrongState(`${name} has paid for ${id}, a second plan.`);
      }
      if (!trials || !all.some((it) => it.status === 'trialing' && isBought(it))) continue;
      for (const { card } of ctx.by('payment_method', 'customer', customer)) {
        const other = card?.fingerprint && tried.get(card.fingerprint);
        if (other && other !== name)
          throw new WrongState(`${name} has a trial by ${other}'s card.`);
        if (card?.fingerprint) tried.set(card.fingerprint, name);
      }
    }
  });
}

function isBought({ metadata }: Stored<'subscription'>): boolean {
  return Boolean(metadata.userId);
}

function isSecond({ cancellation_details: details }: Stored<'subscription'>): boolean {
  return details?.comment?.includes('there was a plan already') ?? false;
}

/** Whether money was kept that nobody has disputed. */
function paidFor(ctx: Context, subscription: string): boolean {
  const charges = [...ctx.by('invoice', 'subscription', subscription)]
    .flatMap(({ id }) => [...ctx.by('invoice_payment', 'invoice', id)])
    .flatMap(({ payment }) => {
      const intent = payment.payment_intent && ctx.find('payment_intent', payment.payment_intent);
      return intent ? [...ctx.by('charge', 'payment_intent', intent.id)] : [];
    });
  return charges.some(
    ({ paid, disputed, amount_refunded }) => paid && !disputed && amount_refunded === 0,
  );
}
