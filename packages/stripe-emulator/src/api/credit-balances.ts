import type { Context } from '../core/context';
import { paging } from '../core/list';
import { type FieldOutputs, id, missingParam, object, oneOf, required } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { balanceOf, isOver, isUsable } from '../engine/credit-grants';
import { creditScope, isSameScope, scopeOf } from './credit-scope';
import { customerAccountOf } from './customer-account';
import { customerOf } from './customer-param';

const who = { customer: id(), customer_account: id() };

const summaryFields = {
  ...who,
  filter: required(
    object({
      applicability_scope: creditScope(),
      credit_grant: id(),
      type: required(oneOf(['applicability_scope', 'credit_grant'])),
    }),
  ),
};

type Summary = FieldOutputs<typeof summaryFields>;

/** How many credits customers have, and how they came and went. */
export const creditBalances: Resource = {
  routes: [
    route(
      'GET /v1/billing/credit_balance_summary',
      { right: 'billing_credit_balance', params: summaryFields },
      summarize,
    ),
    route(
      'GET /v1/billing/credit_balance_transactions',
      { right: 'billing_credit_balance', params: { ...paging, ...who, credit_grant: id() } },
      (ctx, { credit_grant, customer, customer_account, ...params }) => {
        if (credit_grant) ctx.get('billing.credit_grant', credit_grant, 'credit_grant');
        const owner = customerAccountOf(ctx, { customer, customer_account });
        return ctx.list(
          'billing.credit_balance_transaction',
          params,
          '/v1/billing/credit_balance_transactions',
          {
            by: ['credit_grant', credit_grant],
            where: (transaction) =>
              !owner ||
              ctx.find('billing.credit_grant', transaction.credit_grant)?.customer === owner.id,
          },
        );
      },
    ),
    route(
      'GET /v1/billing/credit_balance_transactions/:id',
      { right: 'billing_credit_balance', params: {} },
      (ctx, _params, path) => ctx.get('billing.credit_balance_transaction', path.id),
    ),
  ],
  expansions: {
    'billing.credit_balance_summary': { customer: 'customer' },
    'billing.credit_balance_transaction': {
      'credit.credits_application_invoice_voided.invoice': 'invoice',
      credit_grant: 'billing.credit_grant',
      'debit.credits_applied.invoice': 'invoice',
      test_clock: 'test_helpers.test_clock',
    },
  },
};

/** Balances by currency: of one grant, or of all that apply to the same prices. */
function summarize(request: Context, params: Summary) {
  const customer = customerOf(request, params);
  const ctx = request.onClockOf(customer);
  const isAsked = matcherOf(ctx, params);
  const balances = new Map<string, { available: number; ledger: number }>();
  for (const grant of ctx.by('billing.credit_grant', 'customer', customer.id)) {
    const { monetary } = grant.amount;
    if (!isAsked(grant) || !monetary) continue;
    const left = isOver(ctx, grant) ? 0 : balanceOf(ctx, grant);
    const { available, ledger } = balances.get(monetary.currency) ?? { available: 0, ledger: 0 };
    balances.set(monetary.currency, {
      available: available + (isUsable(ctx, grant) ? left : 0),
      ledger: ledger + left,
    });
  }
  return {
    object: 'billing.credit_balance_summary',
    balances: [...balances].map(([currency, { available, ledger }]) => ({
      available_balance: { monetary: { currency, value: available }, type: 'monetary' },
      ledger_balance: { monetary: { currency, value: ledger }, type: 'monetary' },
    })),
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    livemode: ctx.livemode,
  };
}

function matcherOf(ctx: Context, { filter }: Summary) {
  if (filter.type === 'credit_grant') {
    if (filter.credit_grant === undefined) throw missingParam('filter[credit_grant]');
    const { id: wanted } = ctx.get(
      'billing.credit_grant',
      filter.credit_grant,
      'filter[credit_grant]',
    );
    return (grant: Stored<'billing.credit_grant'>) => grant.id === wanted;
  }
  if (!filter.applicability_scope) throw missingParam('filter[applicability_scope]');
  const wanted = scopeOf(ctx, filter.applicability_scope);
  return (grant: Stored<'billing.credit_grant'>) =>
    isSameScope(grant.applicability_config.scope, wanted);
}
