import type { PlanChange } from './plan-change';
import type { Visit } from './visit';

/**
 * What a change of plan is, as the API takes it: the same for the preview and for the change itself.
 * @param prorationDate Unix seconds, so that what was shown is what is charged
 */
export function changeParams(visit: Visit, change: PlanChange, prorationDate: number) {
  const { subscription, item, offered, quantity } = change;
  const update = visit.configuration.features.subscription_update;
  const endsTrial =
    subscription.status === 'trialing' && update.trial_update_behavior === 'end_trial';
  return {
    items: [{ id: item.id, price: offered.price.id, quantity }],
    proration_behavior: update.proration_behavior,
    ...(update.proration_behavior !== 'none' && !endsTrial && { proration_date: prorationDate }),
    ...(endsTrial && { trial_end: 'now' }),
    ...(update.billing_cycle_anchor === 'now' && { billing_cycle_anchor: { type: 'now' } }),
  };
}

/** All discounts the subscription has after the change; undefined when they stay as they are. */
export function changedDiscounts({ subscription, discounts }: PlanChange) {
  if (discounts.length === 0) return undefined;
  return [...subscription.discounts.map((discount) => ({ discount })), ...discounts];
}
