import type { Context } from '../core/context';
import { isWithin, paging, timeRange } from '../core/list';
import { id, type Output, string } from '../core/params';
import { type Resource, route } from '../core/route';
import { balanceOf, fundsAvailable } from '../engine/balance';
import { currency } from './fields';

const filters = {
  ...paging,
  created: timeRange(),
  currency: currency(),
  source: id(),
  type: string(),
};

type Filters = { [Name in keyof typeof filters]?: Output<(typeof filters)[Name]> };

/** What the account has, and what it is made of. */
export const balance: Resource = {
  routes: [
    route('GET /v1/balance', { right: 'balance', params: {} }, balanceOf),
    ...['/v1/balance_transactions', '/v1/balance/history'].flatMap((path) => [
      route(`GET ${path}`, { right: 'balance', params: filters }, (ctx, params) =>
        listTransactions(ctx, params, path),
      ),
      route(`GET ${path}/:id`, { right: 'balance', params: {} }, (ctx, _params, { id: asked }) =>
        ctx.get('balance_transaction', asked),
      ),
    ]),
  ],
  expansions: {
    balance_transaction: { source: ['charge', 'refund', 'dispute'] as const },
  },
  due: { 'balance.settle': fundsAvailable },
};

function listTransactions(ctx: Context, params: Filters, path: string) {
  const { created, currency: wanted, source, type } = params;
  return ctx.list('balance_transaction', params, path, {
    by: source === undefined ? ['type', type] : ['source', source],
    where: (transaction) =>
      isWithin(transaction.created, created) &&
      (wanted ?? transaction.currency) === transaction.currency &&
      (type ?? transaction.type) === transaction.type,
  });
}
