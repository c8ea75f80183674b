import type { Context } from '../core/context';
import type { DiscountChoice } from './discounts';
import type { ExtraItem } from './extra-items';
import { periodEnds } from './items';
import type { Subscription, SubscriptionSchedule } from './objects';
import { createInvoiceItem } from './pending-items';
import type { Phase } from './schedule-phase-object';
import { settingsIn } from './schedule-settings';
import { createSubscription } from './subscription-create';
import { updateSubscription } from './subscription-update';
import { usageSeeds } from './usage-lines';

/** Begins the subscription of a schedule with its first phase. */
export function beginPhase(
  ctx: Context,
  schedule: SubscriptionSchedule,
  phase: Phase,
): Subscription {
  return createSubscription(
    ctx,
    ctx.get('customer', schedule.customer),
    {
      ...settingsIn(schedule, phase),
      add_invoice_items: extrasOf(phase),
      billing_mode: billingModeOf(schedule),
      currency: phase.currency,
      discounts: choicesOf(phase.discounts),
      items: phase.items.map((item) => ({
        price: item.price,
        quantity: item.quantity,
        discounts: choicesOf(item.discounts),
        metadata: item.metadata,
        tax_rates: (item.tax_rates ?? []).map(({ id }) => id),
      })),
      metadata: phase.metadata ?? {},
      ...(phase.start_date < ctx.now && { backdate_start_date: phase.start_date }),
      ...(phase.trial_end !== null && { trial_end: phase.trial_end }),
    },
    { isScheduled: true },
  );
}

/**
 * Makes the subscription what a phase says. At the end of a period there is nothing to prorate.
 *
 * @param proration how a change of the phase that runs is billed, if not as the phase itself says
 */
export function enterPhase(
  ctx: Context,
  schedule: SubscriptionSchedule,
  phase: Phase,
  proration = phase.proration_behavior,
): void {
  const subscription = ctx.get('subscription', schedule.subscription ?? '');
  const isBoundary = periodEnds(subscription).first <= ctx.now;
  const items = subscription.items.data;
  const kept = phase.items.map(({ price, quantity, tax_rates: rates }, index) => {
    const same = items.find((item) => item.price.id === price) ?? items[index];
    return { id: same?.id, price, quantity, tax_rates: (rates ?? []).map(({ id }) => id) };
  });
  const gone = items.filter((item) => !kept.some(({ id }) => id === item.id));
  if (isBoundary) billUsageOf(ctx, subscription, phase);
  updateSubscription(ctx, subscription.id, {
    ...settingsIn(schedule, phase),
    add_invoice_items: extrasOf(phase),
    off_session: true,
    items: [...kept, ...gone.map(({ id }) => ({ id, deleted: true }))],
    proration_behavior: isBoundary ? 'none' : proration,
    ...(phase.billing_cycle_anchor === 'phase_start' && {
      billing_cycle_anchor: { type: 'now' as const },
    }),
    ...(phase.discounts.length > 0 ? { discounts: choicesOf(phase.discounts) } : {}),
    ...(phase.trial_end !== null && phase.trial_end > ctx.now && { trial_end: phase.trial_end }),
    ...(phase.metadata && Object.keys(phase.metadata).length > 0
      ? { metadata: phase.metadata }
      : {}),
  });
}

/** The period of a metered price that the phase does not have any more is over: its usage is billed. */
function billUsageOf(ctx: Context, subscription: Subscription, phase: Phase): void {
  const customer = ctx.get('customer', subscription.customer);
  const left = subscription.items.data.filter(
    (item) => !phase.items.some(({ price }) => price === item.price.id),
  );
  for (const seed of usageSeeds(ctx, customer.id, left)) {
    createInvoiceItem(ctx, { ...seed, customer });
  }
}

function billingModeOf({ billing_mode: mode }: SubscriptionSchedule) {
  return { type: mode.type === 'classic' ? ('classic' as const) : ('flexible' as const) };
}

function extrasOf(phase: Phase): ExtraItem[] {
  return phase.add_invoice_items.map((extra) => ({
    discountable: extra.discountable ?? undefined,
    discounts: choicesOf(extra.discounts),
    metadata: extra.metadata ?? {},
    price: extra.price,
    quantity: extra.quantity ?? 1,
    tax_rates: (extra.tax_rates ?? []).map(({ id }) => id),
  }));
}

function choicesOf(discounts: Phase['discounts']): DiscountChoice[] {
  return discounts.map(({ coupon, discount, promotion_code }) => ({
    ...(coupon ? { coupon } : {}),
    ...(discount ? { discount } : {}),
    ...(promotion_code ? { promotion_code } : {}),
  }));
}
