import { isWithin, paging, timeRange } from '../core/list';
import { id, object, oneOf, required } from '../core/params';
import { type Resource, route } from '../core/route';

const right = 'invoice';

export const invoicePayments: Resource = {
  routes: [
    route(
      'GET /v1/invoice_payments',
      {
        right,
        params: {
          ...paging,
          created: timeRange(),
          invoice: id(),
          payment: object({
            payment_intent: id(),
            payment_record: id(),
            type: required(oneOf(['payment_intent', 'payment_record'])),
          }),
          status: oneOf(['canceled', 'open', 'paid']),
        },
      },
      (ctx, params) =>
        ctx.list('invoice_payment', params, '/v1/invoice_payments', {
          by: params.payment?.payment_intent
            ? ['payment_intent', params.payment.payment_intent]
            : ['invoice', params.invoice],
          where: (payment) =>
            isWithin(payment.created, params.created) &&
            (params.invoice ?? payment.invoice) === payment.invoice &&
            (params.status ?? payment.status) === payment.status,
        }),
    ),
    route('GET /v1/invoice_payments/:id', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('invoice_payment', path.id),
    ),
  ],
  expansions: {
    invoice_payment: {
      invoice: 'invoice',
      'payment.charge': 'charge',
      'payment.payment_intent': 'payment_intent',
    },
  },
};
