import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { resolveCancelAt } from './cancel-time';
import { queueExtraItems } from './extra-items';
import { periodEnds } from './items';
import type { Subscription } from './objects';
import { createInvoiceItem } from './pending-items';
import { refuseUnpendable } from './pending-update';
import { settleChange } from './subscription-change-invoice';
import { type ItemsPlan, planItems } from './subscription-item-plan';
import { plainChanges } from './subscription-plain-changes';
import { creditsFor, debitsFor } from './subscription-prorations';
import type { SubscriptionUpdateInput } from './subscription-update-input';
import { usageSeeds } from './usage-lines';

/**
 * Changes a subscription: its items, trial, anchor, cancellation and plain fields; prorates and bills
 * as asked. `ctx` must be on the customer's clock.
 *
 * @throws StripeError 400 for what makes no sense, 402 when `error_if_incomplete` and not paid
 */
export function updateSubscription(
  ctx: Context,
  id: string,
  input: SubscriptionUpdateInput,
): Subscription {
  const former = ctx.get('subscription', id);
  refuseEnded(former, input);
  refuseUnpendable(input);
  refuseScheduledCancel(former, input);
  const customer = ctx.get('customer', former.customer);
  const at = prorationDate(ctx, former, input);
  const plan = planItems(ctx, former, customer, input);
  const wanted = { ...plainChanges(ctx, former, customer, input), ...plan.changes };
  const present = { ...former, ...wanted };
  const changes = {
    ...wanted,
    ...keptCancelAt(former, present),
    ...resolveCancelAt(ctx, present, input),
  };
  queueExtraItems(ctx, customer, former, input.add_invoice_items ?? []);
  if (plan.prorates) prorate(ctx, former, present, plan, at);
  billUsage(ctx, former, plan);
  return settleChange(ctx, { former, customer, changes, plan, input, at });
}

function prorate(
  ctx: Context,
  former: Subscription,
  present: Subscription,
  plan: ItemsPlan,
  at: number,
): void {
  const customer = ctx.get('customer', former.customer);
  const seeds = [
    ...creditsFor(ctx, former, plan.left, at),
    ...debitsFor(ctx, present, plan.joined, at),
  ];
  for (const seed of seeds) createInvoiceItem(ctx, { ...seed, customer });
}

/**
 * What was used of metered items that leave or change is billed in flexible mode, if at all something
 * is prorated. Where new periods start it always is: the period it belongs to is over.
 */
function billUsage(ctx: Context, former: Subscription, plan: ItemsPlan): void {
  const isFlexible = former.billing_mode.type === 'flexible';
  if (!plan.startsPeriod && !(isFlexible && plan.prorates)) return;
  const customer = ctx.get('customer', former.customer);
  for (const seed of usageSeeds(ctx, customer.id, plan.left)) {
    createInvoiceItem(ctx, { ...seed, customer });
  }
}

/** In classic mode a cancellation at period end follows the period when that moves. */
function keptCancelAt(former: Subscription, present: Subscription): Partial<Subscription> {
  if (!former.cancel_at_period_end || former.billing_mode.type !== 'classic') return {};
  return { cancel_at: periodEnds(present).last };
}

function refuseEnded(subscription: Subscription, input: SubscriptionUpdateInput): void {
  const hasEnded =
    subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
  if (!hasEnded) return;
  const allowed = new Set(['cancellation_details', 'metadata']);
  if (Object.keys(input).every((name) => allowed.has(name))) return;
  throw invalidRequest(
    'A canceled subscription can only update its cancellation_details and metadata.',
    undefined,
    'invalid_canceled_subscription_fields',
  );
}

/** When a subscription under a schedule ends is the schedule's to say. */
function refuseScheduledCancel({ schedule }: Subscription, input: SubscriptionUpdateInput): void {
  const isAsked = input.cancel_at !== undefined || input.cancel_at_period_end !== undefined;
  if (!schedule || !isAsked) return;
  throw invalidRequest(
    `The subscription is managed by the subscription schedule \`${schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
  );
}

function prorationDate(
  ctx: Context,
  subscription: Subscription,
  input: SubscriptionUpdateInput,
): number {
  const at = input.proration_date;
  if (at === undefined) return ctx.now;
  const starts = subscription.items.data.map((item) => item.current_period_start);
  const ends = subscription.items.data.map((item) => item.current_period_end);
  if (at >= Math.min(...starts) && at <= Math.max(...ends)) return at;
  throw invalidRequest(
    'Cannot specify proration date outside of current subscription period.',
    'proration_date',
  );
}
