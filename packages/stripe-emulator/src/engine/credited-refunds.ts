import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { issuedNotes } from './credit-note-lines';
import { formatAmount } from './money';
import type { Charge, CreditNote, Invoice, Refund } from './objects';

/** A refund that is there already, and how much of it a credit note is for (all of it, unless said). */
export interface LinkedRefund {
  amount_refunded?: number;
  refund: string;
}

/** The charge that paid an invoice, to be refunded. @throws StripeError when none did */
export function paidCharge(ctx: Context, invoice: Invoice): Charge {
  const [charge] = chargesOf(ctx, invoice);
  if (charge) return charge;
  throw invalidRequest(
    'This invoice has no successful charge that could be refunded.',
    'refund_amount',
  );
}

/** What has been refunded of an invoice's payments without any credit note. */
export function unlinkedRefunds(ctx: Context, invoice: Invoice): number {
  return refundsOf(ctx, invoice).reduce((sum, refund) => sum + unlinkedOf(ctx, invoice, refund), 0);
}

/**
 * Refunds as a new credit note shows them.
 *
 * @throws StripeError for one that is not of this invoice, or belongs to other notes already
 */
export function linkedRefunds(
  ctx: Context,
  invoice: Invoice,
  links: readonly LinkedRefund[],
): CreditNote['refunds'] {
  const known = refundsOf(ctx, invoice);
  const taken = new Map<string, number>();
  return links.map((link, index) => {
    const path = `refunds[${index}]`;
    const refund = ctx.get('refund', link.refund, `${path}[refund]`);
    if (!known.some(({ id }) => id === refund.id)) {
      throw invalidRequest(
        `The refund ${refund.id} is not for a payment of this invoice.`,
        `${path}[refund]`,
      );
    }
    const amount = link.amount_refunded ?? refund.amount;
    const left = unlinkedOf(ctx, invoice, refund) - (taken.get(refund.id) ?? 0);
    if (amount > left) {
      throw invalidRequest(
        `Only ${formatAmount(left, refund.currency)} of the refund ${refund.id} belong to no credit note yet.`,
        `${path}[amount_refunded]`,
      );
    }
    taken.set(refund.id, (taken.get(refund.id) ?? 0) + amount);
    return {
      amount_refunded: amount,
      payment_record_refund: null,
      refund: refund.id,
      type: 'refund',
    };
  });
}

function unlinkedOf(ctx: Context, invoice: Invoice, refund: Refund): number {
  const linked = issuedNotes(ctx, invoice)
    .flatMap(({ refunds }) => refunds)
    .filter((link) => link.refund === refund.id)
    .reduce((sum, link) => sum + link.amount_refunded, 0);
  return refund.amount - linked;
}

/** Refunds that failed gave nothing back. */
function refundsOf(ctx: Context, invoice: Invoice): Refund[] {
  return chargesOf(ctx, invoice)
    .flatMap((charge) => [...ctx.by('refund', 'charge', charge.id)])
    .filter(({ status }) => status !== 'failed' && status !== 'canceled');
}

function chargesOf(ctx: Context, invoice: Invoice): Charge[] {
  return [...ctx.by('invoice_payment', 'invoice', invoice.id)].flatMap((payment) => {
    const intent = payment.payment.payment_intent;
    const latest = intent && ctx.find('payment_intent', intent)?.latest_charge;
    const charge = latest ? ctx.find('charge', latest) : undefined;
    return charge?.status === 'succeeded' ? [charge] : [];
  });
}
