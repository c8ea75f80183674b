import type { Context } from '../core/context';
import { newId } from '../core/ids';
import type { Charge, Refund } from './objects';

/** What a refund is told beside the charge it is for. */
export interface RefundSeed {
  amount: number;
  metadata?: Record<string, string>;
  reason?: Refund['reason'];
  status?: 'pending' | 'succeeded';
}

/** A refund of a card payment, not yet stored. */
export function newRefund(ctx: Context, charge: Charge, seed: RefundSeed): Refund {
  const { status = 'succeeded' } = seed;
  return {
    id: newId('re'),
    object: 'refund',
    amount: seed.amount,
    balance_transaction: null,
    charge: charge.id,
    created: ctx.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: 'pending',
        reference_type: 'acquirer_reference_number',
        type: charge.captured ? 'refund' : 'reversal',
      },
      type: 'card',
    },
    metadata: seed.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: seed.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  };
}
