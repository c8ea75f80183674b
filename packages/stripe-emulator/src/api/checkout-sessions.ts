import type { Context } from '../core/context';
import { isWithin, pageOf, paging, timeRange } from '../core/list';
import { id, object, oneOf, required, string } from '../core/params';
import { type Resource, route } from '../core/route';
import { expireCheckoutSession } from '../engine/checkout';
import { createCheckoutSession } from './checkout-session-create';
import { sessionParams } from './checkout-session-params';

export const checkoutSessions: Resource = {
  routes: [
    route(
      'POST /v1/checkout/sessions',
      { right: 'checkout_session', params: sessionParams },
      (ctx, params) => createCheckoutSession(ctx, params),
    ),
    route(
      'GET /v1/checkout/sessions',
      {
        right: 'checkout_session',
        params: {
          ...paging,
          created: timeRange(),
          customer: id(),
          customer_account: id(),
          customer_details: object({ email: required(string({ max: 800 })) }),
          payment_intent: id(),
          payment_link: id(),
          status: oneOf(['complete', 'expired', 'open']),
          subscription: id(),
        },
      },
      (ctx, params) =>
        ctx.list('checkout.session', params, '/v1/checkout/sessions', {
          by: params.subscription
            ? ['subscription', params.subscription]
            : ['customer', params.customer],
          where: (session) =>
            isWithin(session.created, params.created) &&
            (params.customer ?? session.customer) === session.customer &&
            (params.customer_account ?? session.customer_account) === session.customer_account &&
            (params.status ?? session.status) === session.status &&
            (params.payment_intent ?? session.payment_intent) === session.payment_intent &&
            (params.payment_link ?? session.payment_link) === session.payment_link &&
            (params.customer_details?.email ?? session.customer_details?.email) ===
              session.customer_details?.email,
        }),
    ),
    route(
      'GET /v1/checkout/sessions/:id',
      { right: 'checkout_session', params: {} },
      (ctx, _p, path) => ctx.get('checkout.session', path.id),
    ),
    route(
      'POST /v1/checkout/sessions/:id/expire',
      { right: 'checkout_session', params: {} },
      (ctx, _params, path) => expireCheckoutSession(ctx, path.id),
    ),
    route(
      'GET /v1/checkout/sessions/:id/line_items',
      { right: 'checkout_session', params: paging },
      (ctx, params, path) => {
        const { data, url } = lineItems(ctx, ctx.get('checkout.session', path.id).id);
        return pageOf(data, 'line item', params, url);
      },
    ),
  ],
  expansions: {
    'checkout.session': {
      customer: 'customer',
      invoice: 'invoice',
      line_items: lineItems,
      payment_intent: 'payment_intent',
      payment_link: 'payment_link',
      setup_intent: 'setup_intent',
      subscription: 'subscription',
      'total_details.breakdown': 'on request',
    },
    item: { taxes: 'on request' },
  },
  due: {
    'checkout.session.expire': (ctx, session) => {
      if (ctx.find('checkout.session', session)?.status === 'open') {
        expireCheckoutSession(ctx, session);
      }
    },
  },
};

function lineItems(ctx: Context, session: string) {
  return {
    object: 'list',
    data: ctx.find('_checkout', session)?.lineItems ?? [],
    has_more: false,
    url: `/v1/checkout/sessions/${session}/line_items`,
  };
}
