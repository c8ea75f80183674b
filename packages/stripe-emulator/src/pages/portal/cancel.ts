import type { StripeEmulator } from '../../emulator';
import type { PostedForm } from '../shared/posted-form';
import type { NoticeKey } from './notices';
import { subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

/**
 * Cancels as the configuration says: now, or at the end of what is paid for. A flexible subscription
 * gets the date alone, a classic one the flag that follows its period. What was scheduled is dropped.
 *
 * @throws StripeError when it cannot be canceled (any more)
 */
export function cancel(
  emulator: StripeEmulator,
  visit: Visit,
  id: string,
  form: PostedForm,
): NoticeKey {
  const subscription = emulator.run(visit.world, (ctx) =>
    subscriptionFor(ctx, visit, id, 'cancel'),
  );
  const { mode, proration_behavior } = visit.configuration.features.subscription_cancel;
  const path = `/v1/subscriptions/${subscription.id}`;
  const cancellation_details = feedbackOf(visit, form);
  if (mode === 'immediately') {
    const prorate = proration_behavior !== 'none';
    emulator.call(visit.world, 'DELETE', path, { cancellation_details, prorate });
    return 'canceled';
  }
  if (subscription.schedule) {
    const schedule = `/v1/subscription_schedules/${subscription.schedule}`;
    emulator.call(visit.world, 'POST', `${schedule}/release`, {});
  }
  const when =
    subscription.billing_mode.type === 'flexible'
      ? { cancel_at: 'max_period_end' }
      : { cancel_at_period_end: true };
  emulator.call(visit.world, 'POST', path, { ...when, cancellation_details });
  return 'canceling';
}

/** Takes a scheduled cancellation back. @throws StripeError when none is scheduled */
export function renew(emulator: StripeEmulator, visit: Visit, id: string): NoticeKey {
  const subscription = emulator.run(visit.world, (ctx) => subscriptionFor(ctx, visit, id, 'renew'));
  const change = subscription.cancel_at_period_end
    ? { cancel_at_period_end: false }
    : { cancel_at: '' };
  emulator.call(visit.world, 'POST', `/v1/subscriptions/${subscription.id}`, change);
  return 'renewed';
}

/** Takes the discount that was offered for staying. @throws StripeError when there is no offer */
export function acceptOffer(emulator: StripeEmulator, visit: Visit, id: string): NoticeKey {
  const coupon = offeredCoupon(visit, id);
  const subscription = emulator.run(visit.world, (ctx) =>
    subscriptionFor(ctx, visit, id, 'cancel'),
  );
  if (!coupon) return 'renewed';
  const discounts = [...subscription.discounts.map((discount) => ({ discount })), { coupon }];
  emulator.call(visit.world, 'POST', `/v1/subscriptions/${subscription.id}`, { discounts });
  return 'offer';
}

/** The coupon that the session's flow offers to those who would cancel this subscription. */
export function offeredCoupon({ flow }: Visit, id: string): string | undefined {
  const canceling = flow?.subscription_cancel;
  if (canceling?.subscription !== id) return undefined;
  return canceling.retention?.coupon_offer?.coupon;
}

/** Why customers leave, as the configuration may ask. */
export const REASONS: Record<string, string> = {
  too_expensive: 'It’s too expensive',
  missing_features: 'Some features are missing',
  switched_service: 'I found an alternative',
  unused: 'I no longer need it',
  customer_service: 'Customer service was less than expected',
  too_complex: 'Ease of use was less than expected',
  low_quality: 'Quality was less than expected',
  other: 'Other reason',
};

/** The reasons that this configuration asks for. */
export function reasonsFor({ configuration }: Visit): [value: string, label: string][] {
  const { enabled, options } = configuration.features.subscription_cancel.cancellation_reason;
  if (!enabled) return [];
  return Object.entries(REASONS).filter(([value]) => options.some((option) => option === value));
}

function feedbackOf(visit: Visit, form: PostedForm) {
  const asked = reasonsFor(visit);
  const feedback = asked.find(([value]) => value === form.text('feedback'))?.[0];
  const comment = asked.length > 0 ? form.text('comment', 1000) : '';
  if (feedback === undefined && comment === '') return undefined;
  return { feedback, comment: comment || undefined };
}
