import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { MetadataChange } from '../core/metadata';
import { amountsOf } from './credit-note-amounts';
import { amountLine, type CreditLineInput, creditLines, issuedNotes } from './credit-note-lines';
import { type LinkedRefund, unlinkedRefunds } from './credited-refunds';
import { formatAmount } from './money';
import type { CreditNote, CreditNoteLine, Invoice } from './objects';

/** What a credit note is asked to be; amounts in the smallest unit. */
export interface CreditNoteInput {
  amount?: number;
  credit_amount?: number;
  effective_at?: number;
  lines?: CreditLineInput[];
  memo?: string;
  metadata?: MetadataChange;
  out_of_band_amount?: number;
  reason?: 'duplicate' | 'fraudulent' | 'order_change' | 'product_unsatisfactory';
  refund_amount?: number;
  refunds?: LinkedRefund[];
}

/** The lines that a request asks for. @throws StripeError when it asks for none, or for others than its amount */
export function noteLines(
  ctx: Context,
  invoice: Invoice,
  input: CreditNoteInput,
): CreditNoteLine[] {
  const { amount, lines = [] } = input;
  if (lines.length === 0) {
    if (amount !== undefined) return [amountLine(ctx, amount)];
    throw invalidRequest(
      'You must provide one of `amount`, `lines`, or `shipping_cost`.',
      'amount',
      'parameter_missing',
    );
  }
  const made = creditLines(ctx, invoice, lines);
  const total = amountsOf(made).amount;
  if (amount === undefined || amount === total) return made;
  const [asked, added] = [amount, total].map((money) => formatAmount(money, invoice.currency));
  throw invalidRequest(
    `The credit note amount (${asked}) must equal the total of its lines (${added}).`,
    'amount',
  );
}

/** @throws StripeError for a draft, or what is void */
export function refuseUnlessFinalized({ status }: Invoice): void {
  if (status === 'open' || status === 'paid' || status === 'uncollectible') return;
  throw invalidRequest(
    `You can only create a credit note for a finalized invoice that is not void. The status of this invoice is ${status}.`,
    'invoice',
  );
}

/** All notes and all refunds without one together cannot exceed the invoice. */
export function refuseTooMuch(
  ctx: Context,
  invoice: Invoice,
  amount: number,
  linked: CreditNote['refunds'],
): void {
  const money = (value: number) => formatAmount(value, invoice.currency);
  if (amount <= 0) {
    throw invalidRequest(`The credit note amount (${money(amount)}) must be positive.`, 'amount');
  }
  const credited = issuedNotes(ctx, invoice).reduce((sum, note) => sum + note.amount, 0);
  const left = invoice.total - credited - (unlinkedRefunds(ctx, invoice) - refunded(linked));
  if (amount <= left) return;
  throw invalidRequest(
    `The credit note amount (${money(amount)}) is greater than what is left to be credited of the invoice (${money(left)}).`,
    'amount',
  );
}

/** What is not taken off what is owed has to be given back in the ways that the request names. */
export function refuseUnbalanced(
  invoice: Invoice,
  input: CreditNoteInput,
  after: number,
  linked: CreditNote['refunds'],
): void {
  const given =
    (input.credit_amount ?? 0) +
    (input.refund_amount ?? 0) +
    (input.out_of_band_amount ?? 0) +
    refunded(linked);
  if (given === after) return;
  const [said, needed] = [given, after].map((money) => formatAmount(money, invoice.currency));
  const whole = invoice.status === 'paid' ? 'credit note amount' : 'post payment amount';
  throw invalidRequest(
    `The sum of credit amount, refund amount and out of band amount (${said}) must equal the ${whole} (${needed}).`,
  );
}

function refunded(links: CreditNote['refunds']): number {
  return links.reduce((sum, link) => sum + link.amount_refunded, 0);
}
