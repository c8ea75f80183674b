import type { FC } from 'hono/jsx';
import { addIntervals } from '../../core/calendar';
import type { Context } from '../../core/context';
import { productName } from '../../engine/items';
import { pauseOptions } from './pause';
import { PortalPage } from './portal-page';
import { subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

export interface PauseView {
  visit: Visit;
  path: string;
  name: string;
  options: { value: string; label: string; until: string | null }[];
}

/** @throws StripeError when it cannot be paused here */
export function readPause(ctx: Context, visit: Visit, id: string): PauseView {
  const subscription = subscriptionFor(ctx, visit, id, 'pause');
  return {
    visit,
    path: `${visit.base}/subscriptions/${id}`,
    name: subscription.items.data.map(({ price }) => productName(ctx, price)).join(', '),
    options: pauseOptions(visit).map(({ interval, interval_count: count }) => ({
      value: `${interval}-${count}`,
      label: count === 1 ? `For 1 ${interval}` : `For ${count} ${interval}s`,
      until: visit.formats.date(addIntervals(visit.now, interval, count)),
    })),
  };
}

export const PausePage: FC<PauseView> = ({ visit, path, name, options }) => (
  <PortalPage visit={visit} title="Pause subscription" back={visit.flow ? undefined : ''}>
    <form class="stack" method="post" action={`${path}/pause`}>
      <h1>Pause subscription</h1>
      <p class="plan-name">{name}</p>
      {options.length > 0 ? (
        <fieldset class="stack">
          <legend class="legend">For how long?</legend>
          {options.map((option, index) => (
            <label key={option.value} class="choice">
              <input type="radio" name="duration" value={option.value} checked={index === 0} />
              <span class="stack-tight">
                <span>{option.label}</span>
                <span class="muted small">It is taken up again on {option.until}.</span>
              </span>
            </label>
          ))}
        </fieldset>
      ) : (
        <p>It stays paused until you resume it.</p>
      )}
      <p class="muted">
        While it is paused you are not charged and cannot use it. You can resume it at any time.
      </p>
      <div class="actions">
        <button class="button primary" type="submit">
          Pause subscription
        </button>
      </div>
    </form>
  </PortalPage>
);
