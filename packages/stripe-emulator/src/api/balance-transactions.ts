import type { Context } from '../core/context';
import { invalidRequest, missing } from '../core/errors';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import { id, integer, required, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { moveBalance } from '../engine/customer-balance';
import { currency } from './fields';

const right = 'customer';
const notes = { description: string({ max: 350 }), metadata: metadata() };

/** What moved a customer's credit balance, and moving it by hand. */
export const balanceTransactions: Resource = {
  routes: [
    route(
      'POST /v1/customers/:customer/balance_transactions',
      {
        right,
        params: { ...notes, amount: required(integer()), currency: required(currency()) },
      },
      (request, params, path) => {
        const customer = request.get('customer', path.customer);
        const { amount, currency: used, description } = params;
        if (customer.currency !== null && customer.currency !== used) {
          throw invalidRequest(
            `The customer's balance is in ${customer.currency}, so \`currency\` must be ${customer.currency} too.`,
            'currency',
          );
        }
        return moveBalance(request.onClockOf(customer), customer.id, amount, {
          type: 'adjustment',
          currency: used,
          description,
          metadata: mergeMetadata({}, params.metadata),
        });
      },
    ),
    route(
      'GET /v1/customers/:customer/balance_transactions',
      { right, params: { ...paging, created: timeRange(), invoice: id() } },
      (ctx, params, path) => {
        const customer = ctx.get('customer', path.customer).id;
        const url = `/v1/customers/${customer}/balance_transactions`;
        return ctx.list('customer_balance_transaction', params, url, {
          by: ['customer', customer],
          where: (transaction) =>
            isWithin(transaction.created, params.created) &&
            (params.invoice ?? transaction.invoice) === transaction.invoice,
        });
      },
    ),
    route(
      'GET /v1/customers/:customer/balance_transactions/:transaction',
      { right, params: {} },
      (ctx, _params, path) => transactionOf(ctx, path.customer, path.transaction),
    ),
    route(
      'POST /v1/customers/:customer/balance_transactions/:transaction',
      { right, params: notes },
      (ctx, params, path) => {
        const transaction = transactionOf(ctx, path.customer, path.transaction);
        return ctx.update('customer_balance_transaction', transaction.id, {
          ...(params.description !== undefined && { description: params.description }),
          metadata: mergeMetadata(transaction.metadata ?? {}, params.metadata),
        });
      },
    ),
  ],
  expansions: {
    customer_balance_transaction: {
      credit_note: 'credit_note',
      customer: 'customer',
      invoice: 'invoice',
    },
  },
};

function transactionOf(
  ctx: Context,
  customer: string,
  id: string,
): Stored<'customer_balance_transaction'> {
  ctx.get('customer', customer);
  const transaction = ctx.get('customer_balance_transaction', id);
  if (transaction.customer === customer) return transaction;
  throw missing('customer balance transaction', id);
}
