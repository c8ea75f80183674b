import { addIntervals } from '../../core/calendar';
import type { StripeEmulator } from '../../emulator';
import type { PostedForm } from '../shared/posted-form';
import type { NoticeKey } from './notices';
import { subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

/** How long a pause may be; none when it lasts until it is ended. */
export function pauseOptions({ configuration }: Visit) {
  const { duration } = configuration.features.subscription_pause;
  return duration.type === 'interval_options' ? duration.interval_options : [];
}

/** Pauses now, for the chosen time if one is to be chosen. @throws StripeError when it cannot be */
export function pause(
  emulator: StripeEmulator,
  visit: Visit,
  id: string,
  form: PostedForm,
): NoticeKey {
  const subscription = emulator.run(visit.world, (ctx) => subscriptionFor(ctx, visit, id, 'pause'));
  const options = pauseOptions(visit);
  const wanted = form.text('duration');
  const chosen =
    options.find((option) => `${option.interval}-${option.interval_count}` === wanted) ??
    options[0];
  emulator.core.transact(() => {
    emulator.call(visit.world, 'POST', `/v1/subscriptions/${subscription.id}/pause`);
    if (!chosen) return;
    const until = addIntervals(visit.now, chosen.interval, chosen.interval_count);
    emulator.run(visit.world, (ctx) =>
      ctx.onClockOf(visit.customer).schedule('subscription.resume', subscription.id, until),
    );
  });
  return 'paused';
}

/** Takes a paused subscription up again, if it can be paid. @throws StripeError when it is not paused */
export function resume(emulator: StripeEmulator, visit: Visit, id: string): NoticeKey {
  const subscription = emulator.run(visit.world, (ctx) =>
    subscriptionFor(ctx, visit, id, 'resume'),
  );
  emulator.call(visit.world, 'POST', `/v1/subscriptions/${subscription.id}/resume`);
  const after = emulator.run(visit.world, (ctx) => ctx.get('subscription', subscription.id));
  return after.status === 'paused' ? 'resume_unpaid' : 'resumed';
}
