import type { Context } from '../core/context';
import { moveFunds } from './balance';
import type { BalanceTransaction, Charge, Refund } from './objects';

/**
 * Stripe's price for a card of the United States, and what other cards cost more (stripe.com/pricing);
 * the fixed part is so many of the currency's smallest unit, whatever the currency.
 */
const RATE = 0.029;
const INTERNATIONAL_RATE = 0.015;
const FIXED = 30;

/** What Stripe asks for a dispute; it comes back when the dispute is won. */
const DISPUTE_FEE = 1500;

/** The money of a captured charge comes in. */
export function receive(ctx: Context, charge: Charge, isPending: boolean): BalanceTransaction {
  const country = charge.payment_method_details?.card?.country;
  const rate = country === 'US' ? RATE : RATE + INTERNATIONAL_RATE;
  return moveFunds(ctx, {
    amount: charge.amount_captured,
    currency: charge.currency,
    description: charge.description,
    fee: {
      amount: Math.round(charge.amount_captured * rate) + FIXED,
      description: 'Stripe processing fees',
    },
    isPending,
    reporting_category: 'charge',
    source: charge.id,
    type: 'charge',
  });
}

/** Money is given back; Stripe keeps the fee for the charge. */
export function giveBack(ctx: Context, refund: Refund): BalanceTransaction {
  return moveFunds(ctx, {
    amount: -refund.amount,
    currency: refund.currency,
    description: `REFUND FOR CHARGE (${refund.charge})`,
    fee: null,
    reporting_category: 'refund',
    source: refund.id,
    type: 'refund',
  });
}

/** A refund did not reach the card. */
export function takeBack(ctx: Context, refund: Refund): BalanceTransaction {
  return moveFunds(ctx, {
    amount: refund.amount,
    currency: refund.currency,
    description: `REFUND FAILURE FOR CHARGE (${refund.charge})`,
    fee: null,
    reporting_category: 'refund_failure',
    source: refund.id,
    type: 'refund_failure',
  });
}

/** The disputed money, and a fee, leave the balance; or come back when the dispute is won. */
export function moveDisputed(
  ctx: Context,
  dispute: { id: string; amount: number; charge: string; currency: string },
  direction: 'withdrawn' | 'reinstated',
): BalanceTransaction {
  const isWithdrawn = direction === 'withdrawn';
  const sign = isWithdrawn ? -1 : 1;
  return moveFunds(ctx, {
    amount: sign * dispute.amount,
    currency: dispute.currency,
    description: `${isWithdrawn ? 'Chargeback withdrawal' : 'Chargeback reversal'} for ${dispute.charge}`,
    fee: {
      amount: -sign * DISPUTE_FEE,
      description: isWithdrawn ? 'Dispute fee' : 'Dispute fee refund',
    },
    reporting_category: isWithdrawn ? 'dispute' : 'dispute_reversal',
    source: dispute.id,
    type: 'adjustment',
  });
}
