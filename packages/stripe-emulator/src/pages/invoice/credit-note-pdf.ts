import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { businessName } from '../shared/business';
import type { Formats } from '../shared/formats';
import { taxLabel } from '../shared/wording';
import { documentPdf } from './document-pdf';
import { billTo } from './invoice-view';

type Note = Stored<'credit_note'>;

/** A credit note as a PDF. */
export function creditNotePdf(ctx: Context, note: Note, formats: Formats): Buffer {
  const invoice = ctx.get('invoice', note.invoice);
  const money = (amount: number) => formats.money(amount, note.currency);
  return documentPdf({
    kind: 'Credit note',
    number: note.number,
    business: invoice.account_name ?? businessName(ctx, invoice.on_behalf_of),
    facts: [
      ['Credit note number', note.number],
      ['Invoice number', invoice.number ?? ''],
      ['Date of issue', formats.date(note.effective_at ?? note.created)],
      ['Status', note.status === 'void' ? 'Void' : 'Issued'],
    ],
    billTo: billTo(invoice),
    headline: `${money(note.amount)} credited`,
    lines: note.lines.data.map((line) => ({
      description: line.description ?? 'Credit',
      detail: line.quantity === null ? '' : `Quantity ${line.quantity}`,
      amount: money(line.amount),
    })),
    totals: totalsOf(ctx, note, money),
  });
}

function totalsOf(ctx: Context, note: Note, money: (amount: number) => string) {
  const rows: [label: string, amount: number][] = [
    ['Discount', -note.discount_amount],
    ...(note.total_taxes ?? []).map(({ amount, tax_rate_details: of }): [string, number] => {
      const rate = of && ctx.find('tax_rate', of.tax_rate);
      return [rate ? taxLabel(rate) : 'Tax', amount];
    }),
    ['Taken off the amount due', note.pre_payment_amount],
    ['Given back', note.post_payment_amount],
  ];
  return [
    { label: 'Subtotal', amount: money(note.subtotal) },
    ...rows
      .filter(([, amount]) => amount !== 0)
      .map(([label, amount]) => ({ label, amount: money(amount) })),
    { label: 'Total credited', amount: money(note.total), strong: true },
    ...(note.memo ? [{ label: note.memo, amount: '' }] : []),
  ];
}
