import { z } from 'zod';
import { StripeError } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { payInvoice } from '../../engine/invoice-pay';
import { changedDiscounts, changeParams } from './change-params';
import { isPutOff } from './change-timing';
import type { NoticeKey } from './notices';
import type { PlanChange } from './plan-change';
import { periodEnd, subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

const schedule = z.object({ id: z.string() });

/**
 * Changes the plan as it was confirmed, at once or at the end of the period.
 *
 * @param prorationDate Unix seconds, the moment that the preview was of
 * @param authenticated whether the card's holder has just confirmed the payment to their bank
 * @throws StripeError 402 when the payment for it fails; everything is then as it was
 */
export function changePlan(
  emulator: StripeEmulator,
  visit: Visit,
  change: PlanChange,
  prorationDate: number,
  authenticated: boolean,
): NoticeKey {
  if (emulator.run(visit.world, (ctx) => isPutOff(ctx, visit, change))) {
    putOff(emulator, visit, change);
    return 'scheduled';
  }
  const path = `/v1/subscriptions/${change.subscription.id}`;
  const params = {
    ...changeParams(visit, change, prorationDate),
    discounts: changedDiscounts(change),
  };
  if (authenticated) {
    emulator.core.transact(() => {
      const pending = { ...params, payment_behavior: 'pending_if_incomplete' };
      emulator.call(visit.world, 'POST', path, pending);
      payPending(emulator, visit, change.subscription.id);
    });
  } else {
    emulator.call(visit.world, 'POST', path, {
      ...params,
      payment_behavior: 'error_if_incomplete',
    });
  }
  return 'updated';
}

/** Pays the invoice that a change waits for. A failure takes the change back with it. */
function payPending(emulator: StripeEmulator, visit: Visit, id: string): void {
  emulator.run(visit.world, (ctx) => {
    const { latest_invoice, pending_update } = ctx.get('subscription', id);
    if (!pending_update || !latest_invoice) return;
    try {
      payInvoice(ctx.onClockOf(visit.customer), latest_invoice, { authenticated: true });
    } catch (error) {
      throw error instanceof StripeError ? new StripeError(error.status, error.body) : error;
    }
  });
}

/** A schedule keeps the present plan until its period ends, then changes it and lets go. */
function putOff(emulator: StripeEmulator, visit: Visit, change: PlanChange): void {
  const { subscription, item, offered, quantity } = change;
  const present = {
    start_date: item.current_period_start,
    end_date: periodEnd(subscription),
    items: [{ price: item.price.id, quantity: item.quantity }],
    proration_behavior: 'none',
  };
  const later = {
    items: [{ price: offered.price.id, quantity }],
    proration_behavior: 'none',
  };
  const path = '/v1/subscription_schedules';
  emulator.core.transact(() => {
    const created = schedule.parse(
      emulator.call(visit.world, 'POST', path, { from_subscription: subscription.id }),
    );
    emulator.call(visit.world, 'POST', `${path}/${created.id}`, {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [present, later],
    });
  });
}

/** Takes a change back that waits for the period's end. @throws StripeError when none does */
export function keepPlan(emulator: StripeEmulator, visit: Visit, id: string): NoticeKey {
  const subscription = emulator.run(visit.world, (ctx) => subscriptionFor(ctx, visit, id, 'keep'));
  const path = `/v1/subscription_schedules/${subscription.schedule}/release`;
  emulator.call(visit.world, 'POST', path);
  return 'kept';
}
