import type { Context } from '../core/context';
import { paging } from '../core/list';
import { boolean, id, required, timestamp } from '../core/params';
import { type Resource, route } from '../core/route';
import { updateSubscription } from '../engine/subscription-update';
import { changedItem, newItem, paymentBehavior, prorationBehavior } from './subscription-params';

const right = 'subscription';

const { id: _id, deleted: _deleted, clear_usage: _usage, ...changes } = changedItem.fields;

/** How a change to one item is billed. */
const billing = {
  payment_behavior: paymentBehavior,
  proration_behavior: prorationBehavior,
  proration_date: timestamp(),
};

export const subscriptionItems: Resource = {
  routes: [
    route(
      'POST /v1/subscription_items',
      { right, params: { ...newItem.fields, ...billing, subscription: required(id()) } },
      (ctx, params) => {
        const { subscription: owner, ...rest } = params;
        const former = ctx.get('subscription', owner, 'subscription');
        const known = new Set(former.items.data.map((item) => item.id));
        const present = change(ctx, owner, rest);
        return present.items.data.find((item) => !known.has(item.id));
      },
    ),
    route(
      'GET /v1/subscription_items',
      { right, params: { ...paging, subscription: required(id()) } },
      (ctx, params) => {
        ctx.get('subscription', params.subscription, 'subscription');
        return ctx.list('subscription_item', params, '/v1/subscription_items', {
          by: ['subscription', params.subscription],
        });
      },
    ),
    route('GET /v1/subscription_items/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('subscription_item', path.id),
    ),
    route(
      'POST /v1/subscription_items/:id',
      { right, params: { ...changes, ...billing, off_session: boolean() } },
      (ctx, params, path) => {
        const item = ctx.get('subscription_item', path.id);
        change(ctx, item.subscription, { ...params, id: item.id });
        return ctx.get('subscription_item', path.id);
      },
    ),
    route(
      'DELETE /v1/subscription_items/:id',
      { right, params: { clear_usage: boolean(), ...billing } },
      (ctx, params, path) => {
        const item = ctx.get('subscription_item', path.id);
        change(ctx, item.subscription, { ...params, id: item.id, deleted: true });
        return { id: item.id, object: 'subscription_item', deleted: true };
      },
    ),
  ],
  expansions: { subscription_item: { discounts: 'discount' } },
};

type Update = Parameters<typeof updateSubscription>[2];
type ItemChange = NonNullable<Update['items']>[number] &
  Pick<Update, 'off_session' | 'payment_behavior' | 'proration_behavior' | 'proration_date'>;

/** An item's change is a change of its subscription. */
function change(ctx: Context, subscription: string, params: ItemChange) {
  const { off_session, payment_behavior, proration_behavior, proration_date, ...item } = params;
  const own = ctx.onClock(ctx.get('subscription', subscription).test_clock);
  return updateSubscription(own, subscription, {
    items: [item],
    off_session,
    ...(payment_behavior && { payment_behavior }),
    ...(proration_behavior && { proration_behavior }),
    ...(proration_date !== undefined && { proration_date }),
  });
}
