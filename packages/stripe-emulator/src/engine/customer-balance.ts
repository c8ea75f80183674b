import type { Context } from '../core/context';
import { newId } from '../core/ids';
import type { Customer, CustomerBalanceTransaction } from './objects';

/** Why a customer's balance moves. */
export type BalanceReason = Pick<CustomerBalanceTransaction, 'type'> &
  Partial<
    Pick<
      CustomerBalanceTransaction,
      'credit_note' | 'currency' | 'description' | 'invoice' | 'metadata'
    >
  >;

/**
 * Adds to a customer's balance, in the smallest unit: negative is credit for invoices to come, positive
 * a debt that the next one collects. Writes `customer.updated`.
 */
export function moveBalance(
  ctx: Context,
  customerId: string,
  amount: number,
  reason: BalanceReason,
): CustomerBalanceTransaction {
  const former = ctx.get('customer', customerId);
  const changes = {
    balance: former.balance + amount,
    currency: former.currency ?? reason.currency ?? null,
  };
  const customer = ctx.update('customer', customerId, changes, 'customer.updated');
  return recordBalance(ctx, customer, amount, reason);
}

/** Writes down that a customer's balance has moved by an amount to what it is now. */
export function recordBalance(
  ctx: Context,
  customer: Customer,
  amount: number,
  reason: BalanceReason,
): CustomerBalanceTransaction {
  return ctx.insert('customer_balance_transaction', {
    id: newId('cbtxn'),
    object: 'customer_balance_transaction',
    amount,
    checkout_session: null,
    created: ctx.now,
    credit_note: reason.credit_note ?? null,
    currency: reason.currency ?? customer.currency ?? 'usd',
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    description: reason.description ?? null,
    ending_balance: customer.balance,
    invoice: reason.invoice ?? null,
    livemode: ctx.livemode,
    metadata: reason.metadata ?? {},
    type: reason.type,
  });
}
