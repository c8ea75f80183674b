import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import { productName } from '../../engine/items';
import { priceText } from '../shared/price-text';
import { couponText } from '../shared/wording';
import { offeredCoupon, reasonsFor } from './cancel';
import { PortalPage } from './portal-page';
import { periodEnd, subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

export interface CancelView {
  visit: Visit;
  action: string;
  name: string;
  price: string;
  /** What the visitor is told will happen. */
  effect: string;
  reasons: [value: string, label: string][];
  offer: string | null;
}

/** @throws StripeError when it cannot be canceled here */
export function readCancel(ctx: Context, visit: Visit, id: string): CancelView {
  const subscription = subscriptionFor(ctx, visit, id, 'cancel');
  const coupon = offeredCoupon(visit, id);
  const offered = coupon ? ctx.find('coupon', coupon) : undefined;
  const isAtOnce = visit.configuration.features.subscription_cancel.mode === 'immediately';
  const end = visit.formats.date(periodEnd(subscription));
  return {
    visit,
    action: `${visit.base}/subscriptions/${id}`,
    name: subscription.items.data.map(({ price }) => productName(ctx, price)).join(', '),
    price: subscription.items.data
      .map((item) => priceText(ctx, visit.formats, item.price))
      .join(' + '),
    effect: isAtOnce
      ? 'Your subscription will be canceled immediately.'
      : `Your subscription will be canceled, but is still available until the end of your billing period on ${end}. If you change your mind, you can take it up again until then.`,
    reasons: reasonsFor(visit),
    offer: offered ? couponText(visit.formats, offered) : null,
  };
}

export const CancelPage: FC<CancelView> = ({
  visit,
  action,
  name,
  price,
  effect,
  reasons,
  offer,
}) => (
  <PortalPage visit={visit} title="Confirm cancellation" back={visit.flow ? undefined : ''}>
    <div class="stack">
      <h1>Confirm cancellation</h1>
      {offer && (
        <form class="sheet" method="post" action={`${action}/cancel/offer`}>
          <div class="stack-tight">
            <h2>Stay, and pay less</h2>
            <p>{offer}, if you keep your subscription.</p>
          </div>
          <div class="actions">
            <button class="button primary" type="submit">
              Accept offer
            </button>
          </div>
        </form>
      )}
      <div class="stack-tight">
        <h2>Current plan</h2>
        <p class="plan-name">{name}</p>
        <p class="muted">{price}</p>
      </div>
      <p>{effect}</p>
      <form class="stack" method="post" action={`${action}/cancel`}>
        {reasons.length > 0 && <Reasons reasons={reasons} />}
        <div class="actions">
          <button class="button danger" type="submit">
            Cancel subscription
          </button>
        </div>
      </form>
    </div>
  </PortalPage>
);

const Reasons: FC<{ reasons: [value: string, label: string][] }> = ({ reasons }) => (
  <>
    <fieldset class="stack">
      <legend class="legend">Why do you leave? (optional)</legend>
      {reasons.map(([value, label]) => (
        <label key={value} class="check">
          <input type="radio" name="feedback" value={value} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
    <div class="field">
      <label for="comment">Anything else? (optional)</label>
      <textarea class="input" id="comment" name="comment" maxlength={1000} />
    </div>
  </>
);
