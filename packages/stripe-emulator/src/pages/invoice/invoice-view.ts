import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { defaultMethod } from '../../engine/collection';
import { issuedNotes } from '../../engine/credit-note-lines';
import { businessName } from '../shared/business';
import { countryName } from '../shared/countries';
import type { Formats } from '../shared/formats';
import { methodTitle, taxLabel } from '../shared/wording';

type Invoice = Stored<'invoice'>;

/** A credit note as it is listed with its invoice. */
export interface CreditNoteLink {
  id: string;
  number: string;
  date: string;
  amount: string;
  pdf: string;
}

/** A finalized invoice as its page and its PDF show it. */
export interface InvoiceView {
  world: string;
  invoice: Invoice;
  formats: Formats;
  business: string;
  path: string;
  billTo: string[];
  lines: { id: string; description: string; detail: string; amount: string }[];
  totals: { label: string; amount: string; strong?: boolean }[];
  creditNotes: CreditNoteLink[];
  /** What a charge would go to unless another card is given. */
  defaultMethod: { id: string; title: string } | null;
  /** Unix seconds, of the customer's test clock when it has one. */
  now: number;
}

export function readInvoice(
  ctx: Context,
  invoice: Invoice,
  formats: Formats,
  path: string,
): InvoiceView {
  const customer = invoice.customer ? ctx.find('customer', invoice.customer) : undefined;
  const method = defaultMethod(ctx, invoice);
  return {
    world: ctx.worldName,
    invoice,
    formats,
    business: invoice.account_name ?? businessName(ctx, invoice.on_behalf_of),
    path,
    billTo: billTo(invoice),
    lines: invoice.lines.data.map((line) => ({
      id: line.id,
      description: line.description ?? '',
      detail: spanOf(formats, line.period),
      amount: formats.money(line.amount, invoice.currency),
    })),
    totals: totalsOf(ctx, invoice, formats),
    creditNotes: creditNotesOf(ctx, invoice, formats),
    defaultMethod: method ? { id: method.id, title: methodTitle(method) } : null,
    now: ctx.onClockOf(customer).now,
  };
}

/** The credit notes of an invoice that are not void, the oldest first. */
export function creditNotesOf(ctx: Context, invoice: Invoice, formats: Formats): CreditNoteLink[] {
  return issuedNotes(ctx, invoice)
    .map(({ amount, created, currency, effective_at: date, id, number, pdf }) => ({
      id,
      number,
      date: formats.shortDate(date ?? created),
      amount: formats.money(-amount, currency),
      pdf,
    }))
    .reverse();
}

/** Whom an invoice is for, as it is written on it. */
export function billTo(invoice: Invoice): string[] {
  const address = invoice.customer_address;
  const town = [address?.postal_code, address?.city].filter(Boolean).join(' ');
  const lines = [
    invoice.customer_name,
    address?.line1,
    address?.line2,
    town,
    address?.state,
    address?.country && countryName(address.country),
    invoice.customer_email,
  ];
  return lines.filter((line): line is string => Boolean(line));
}

function totalsOf(ctx: Context, invoice: Invoice, formats: Formats): InvoiceView['totals'] {
  const money = (amount: number) => formats.money(amount, invoice.currency);
  const discounts = (invoice.total_discount_amounts ?? []).map(({ amount, discount }) => {
    const coupon = ctx.find('discount', discount)?.source.coupon;
    const name = coupon ? ctx.find('coupon', coupon)?.name : undefined;
    return { label: name ? `Discount (${name})` : 'Discount', amount: money(-amount) };
  });
  const paid = (invoice.total_pretax_credit_amounts ?? [])
    .filter(({ credit_balance_transaction: transaction }) => transaction)
    .reduce((sum, { amount }) => sum + amount, 0);
  const credited = invoice.pre_payment_credit_notes_amount;
  const returned = invoice.post_payment_credit_notes_amount;
  const balance = invoice.amount_due + credited - invoice.total;
  return [
    { label: 'Subtotal', amount: money(invoice.subtotal) },
    ...discounts,
    ...(paid === 0 ? [] : [{ label: 'Credit grant applied', amount: money(-paid) }]),
    ...taxRows(ctx, invoice, money),
    { label: 'Total', amount: money(invoice.total) },
    ...(balance === 0 ? [] : [{ label: 'Applied balance', amount: money(balance) }]),
    ...(credited === 0 ? [] : [{ label: 'Credit notes', amount: money(-credited) }]),
    ...(invoice.amount_paid === 0
      ? []
      : [{ label: 'Amount paid', amount: money(invoice.amount_paid) }]),
    ...(returned === 0 ? [] : [{ label: 'Credited after payment', amount: money(returned) }]),
    ...(invoice.status === 'void'
      ? []
      : [{ label: 'Amount due', amount: money(invoice.amount_remaining), strong: true }]),
  ];
}

/** A row for each tax; somebody who has to pay it to the state by themselves is told so. */
function taxRows(
  ctx: Context,
  { total_taxes: taxes }: Invoice,
  money: (amount: number) => string,
): InvoiceView['totals'] {
  return (taxes ?? []).flatMap(
    ({ amount, tax_rate_details: of, taxability_reason, taxable_amount }) => {
      const rate = of && ctx.find('tax_rate', of.tax_rate);
      if (!rate || taxability_reason === 'customer_exempt') return [];
      if (taxability_reason === 'reverse_charge') {
        return { label: 'Tax to be paid on reverse charge basis', amount: money(0) };
      }
      const label = `${taxLabel(rate)} on ${money(taxable_amount ?? 0)}`;
      return { label, amount: money(amount) };
    },
  );
}

/** The days of a service, one day named once. */
function spanOf(formats: Formats, { start, end }: { start: number; end: number }): string {
  const days = new Set([formats.shortDate(start), formats.shortDate(end)]);
  return [...days].join(' – ');
}
