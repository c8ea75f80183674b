import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import { productName } from '../../engine/items';
import { priceText } from '../shared/price-text';
import { PortalPage } from './portal-page';
import { periodEnd, subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

export interface RenewView {
  visit: Visit;
  path: string;
  name: string;
  price: string;
  renewsOn: string;
}

/** @throws StripeError when no cancellation is scheduled */
export function readRenew(ctx: Context, visit: Visit, id: string): RenewView {
  const subscription = subscriptionFor(ctx, visit, id, 'renew');
  return {
    visit,
    path: `${visit.base}/subscriptions/${id}`,
    name: subscription.items.data.map(({ price }) => productName(ctx, price)).join(', '),
    price: subscription.items.data
      .map((item) => priceText(ctx, visit.formats, item.price))
      .join(' + '),
    renewsOn: visit.formats.date(periodEnd(subscription)),
  };
}

export const RenewPage: FC<RenewView> = ({ visit, path, name, price, renewsOn }) => (
  <PortalPage visit={visit} title="Keep your subscription" back="">
    <form class="stack" method="post" action={`${path}/renew`}>
      <h1>Keep your subscription</h1>
      <div class="stack-tight">
        <p class="plan-name">{name}</p>
        <p class="muted">{price}</p>
      </div>
      <p>
        Your subscription will no longer be canceled. It goes on as it is, and renews on {renewsOn}.
      </p>
      <div class="actions">
        <button class="button primary" type="submit">
          Don't cancel subscription
        </button>
      </div>
    </form>
  </PortalPage>
);
