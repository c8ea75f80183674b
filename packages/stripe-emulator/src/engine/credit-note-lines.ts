import type { Context } from '../core/context';
import { invalidRequest, missing } from '../core/errors';
import { newId } from '../core/ids';
import { type MetadataChange, mergeMetadata } from '../core/metadata';
import { missingParam } from '../core/params';
import { formatAmount, priceAmount, share } from './money';
import type { CreditNote, CreditNoteLine, Invoice, InvoiceLine, TaxRate } from './objects';
import { taxesOn } from './tax-math';
import { taxRatesOf, termsOf } from './tax-rates';

/** What a request credits: a part of one of the invoice's lines, or something of its own. */
export interface CreditLineInput {
  type: 'custom_line_item' | 'invoice_line_item';
  amount?: number;
  description?: string;
  invoice_line_item?: string;
  metadata?: MetadataChange;
  quantity?: number;
  tax_rates?: string[] | null;
  unit_amount?: number;
  unit_amount_decimal?: string;
}

/** The lines of a credit note. @throws StripeError for what is not on the invoice, or credited already */
export function creditLines(
  ctx: Context,
  invoice: Invoice,
  inputs: readonly CreditLineInput[],
): CreditNoteLine[] {
  const credited = issuedNotes(ctx, invoice).flatMap(({ lines }) => lines.data);
  return inputs.map((input, index) => {
    const path = `lines[${index}]`;
    const line =
      input.type === 'custom_line_item'
        ? customLine(ctx, invoice, input, path)
        : invoiceLineCredit(ctx, invoice, input, credited, path);
    credited.push(line);
    return line;
  });
}

/** A credit that names no line: one line of its own. */
export function amountLine(ctx: Context, amount: number): CreditNoteLine {
  return newCreditLine(ctx, { amount, quantity: 1, type: 'custom_line_item' }, String(amount));
}

/** The credit notes of an invoice that are not void. */
export function issuedNotes(ctx: Context, invoice: Invoice): CreditNote[] {
  return [...ctx.by('credit_note', 'invoice', invoice.id)].filter(
    ({ status }) => status === 'issued',
  );
}

function customLine(
  ctx: Context,
  invoice: Invoice,
  input: CreditLineInput,
  path: string,
): CreditNoteLine {
  for (const name of ['amount', 'invoice_line_item'] as const) {
    if (input[name] === undefined) continue;
    throw invalidRequest(
      `\`${name}\` is only valid for lines of the type \`invoice_line_item\`.`,
      `${path}[${name}]`,
    );
  }
  if (invoice.automatic_tax.enabled) {
    throw invalidRequest(
      '`custom_line_item` is not valid when the invoice is set up with `automatic_tax[enabled]=true`.',
      `${path}[type]`,
    );
  }
  const { quantity = 1, unit_amount, unit_amount_decimal } = input;
  if (unit_amount === undefined && unit_amount_decimal === undefined) {
    throw missingParam(`${path}[unit_amount]`);
  }
  const unit = unit_amount_decimal ?? String(unit_amount);
  const amount = priceAmount({ unit_amount: null, unit_amount_decimal: unit }, quantity);
  const rates = taxRatesOf(ctx, input.tax_rates, `${path}[tax_rates]`);
  return {
    ...newCreditLine(ctx, { ...input, amount, quantity }, unit),
    tax_rates: rates,
    taxes: taxesOn(amount, termsOf(rates, invoice.customer_tax_exempt)),
  };
}

/**
 * A part of an invoice's line, with its part of the line's discounts and taxes. What all notes together
 * credit of a line adds up to it to the cent, whatever the parts.
 */
function invoiceLineCredit(
  ctx: Context,
  invoice: Invoice,
  input: CreditLineInput,
  credited: readonly CreditNoteLine[],
  path: string,
): CreditNoteLine {
  const wanted = input.invoice_line_item;
  if (wanted === undefined) throw missingParam(`${path}[invoice_line_item]`);
  const line = invoice.lines.data.find(({ id }) => id === wanted);
  if (!line) throw missing('invoice line item', wanted, `${path}[invoice_line_item]`);
  for (const name of ['description', 'tax_rates', 'unit_amount', 'unit_amount_decimal'] as const) {
    if (input[name] === undefined) continue;
    throw invalidRequest(
      `\`${name}\` is only valid for lines of the type \`custom_line_item\`.`,
      `${path}[${name}]`,
    );
  }
  const before = credited.filter(({ invoice_line_item: id }) => id === line.id);
  const already = sum(before.map(({ amount }) => amount));
  const amount = creditedAmount(line, input, before, path);
  const part = (whole: number) =>
    share(whole, already + amount, line.amount) - share(whole, already, line.amount);
  const discounts = (line.discount_amounts ?? []).map((discount) => ({
    ...discount,
    amount: part(discount.amount),
  }));
  const unit = line.pricing?.unit_amount_decimal ?? null;
  const shown = { ...input, amount, description: line.description ?? undefined };
  return {
    ...newCreditLine(ctx, shown, input.quantity === undefined ? null : unit),
    discount_amount: sum(discounts.map((discount) => discount.amount)),
    discount_amounts: discounts,
    pretax_credit_amounts: (line.pretax_credit_amounts ?? []).map(
      ({ credit_balance_transaction: transaction, ...credit }) => ({
        ...credit,
        ...(transaction ? { credit_balance_transaction: transaction } : {}),
        amount: part(credit.amount),
      }),
    ),
    tax_rates: invoice.automatic_tax.enabled ? [] : ratesOf(ctx, line),
    taxes: (line.taxes ?? []).map((tax) => ({
      ...tax,
      amount: part(tax.amount),
      taxable_amount: tax.taxable_amount === null ? null : part(tax.taxable_amount),
    })),
  };
}

/** The tax rates that were put on a line by hand. */
function ratesOf(ctx: Context, { taxes }: InvoiceLine): TaxRate[] {
  return (taxes ?? []).flatMap(({ tax_rate_details: of }) => {
    return (of && ctx.find('tax_rate', of.tax_rate)) ?? [];
  });
}

/** How much of a line is credited: so many of its units, or so much of its amount, but one way only. */
function creditedAmount(
  line: InvoiceLine,
  { amount, quantity }: CreditLineInput,
  before: readonly CreditNoteLine[],
  path: string,
): number {
  if ((amount === undefined) === (quantity === undefined)) {
    throw invalidRequest(
      'A line of the type `invoice_line_item` takes either `quantity` or `amount`.',
      path,
    );
  }
  const param = `${path}[${amount === undefined ? 'quantity' : 'amount'}]`;
  if (before.some((other) => (other.quantity === null) !== (quantity === undefined))) {
    const used = quantity === undefined ? 'quantity' : 'amount';
    throw invalidRequest(
      `This line has been credited by ${used} before, and can only be credited by ${used} again.`,
      param,
    );
  }
  const already = sum(before.map((other) => other.amount));
  if (quantity !== undefined) {
    const units = sum(before.map((other) => other.quantity ?? 0));
    const all = line.quantity ?? 1;
    if (units + quantity > all) {
      throw invalidRequest(
        `Only ${all - units} of the ${all} units of this line are left to be credited.`,
        param,
      );
    }
    return share(line.amount, units + quantity, all) - already;
  }
  const left = line.amount - already;
  const wanted = amount ?? 0;
  const isWithin = line.amount < 0 ? wanted < 0 && wanted >= left : wanted > 0 && wanted <= left;
  if (isWithin) return wanted;
  const [asked, rest] = [wanted, left].map((money) => formatAmount(money, line.currency));
  throw invalidRequest(
    `The amount to credit (${asked}) does not fit what is left of this line (${rest}).`,
    param,
  );
}

function newCreditLine(
  ctx: Context,
  line: Omit<CreditLineInput, 'amount'> & { amount: number },
  unit: string | null,
): CreditNoteLine {
  return {
    id: newId('cnli'),
    object: 'credit_note_line_item',
    amount: line.amount,
    description: line.description ?? null,
    discount_amount: 0,
    discount_amounts: [],
    ...(line.invoice_line_item === undefined ? {} : { invoice_line_item: line.invoice_line_item }),
    livemode: ctx.livemode,
    metadata: mergeMetadata({}, line.metadata),
    pretax_credit_amounts: [],
    quantity: line.quantity ?? null,
    tax_rates: [],
    taxes: [],
    type: line.type,
    unit_amount: unit !== null && /^-?\d+(\.0+)?$/.test(unit) ? Number(unit) : null,
    unit_amount_decimal: unit,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
