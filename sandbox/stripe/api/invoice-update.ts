import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { FieldOutputs } from '../core/params';
import type { Stored } from '../core/tables';
import { defaultMethodOf } from '../engine/attach-payment-method';
import { redeemDiscounts } from '../engine/discounts';
import { scheduleInvoice, withTotals } from '../engine/invoicing';
import { isNew } from '../engine/payer';
import type { invoiceFields } from './invoice-params';

type Changes = FieldOutputs<typeof invoiceFields>;

/** Changes an invoice: a draft in all, a finalized one in little. @throws StripeError */
export function updateInvoice(ctx: Context, invoiceId: string, params: Changes): Stored<'invoice'> {
  const invoice = ctx.get('invoice', invoiceId);
  refuseFinalized(invoice, params);
  const customer = ctx.get('customer', invoice.customer ?? '');
  const {
    account_tax_ids: _taxIds,
    application_fee_amount: _fee,
    automatic_tax: _tax,
    days_until_due,
    default_source: _source,
    default_tax_rates: _rates,
    discounts: choices,
    issuer: _issuer,
    metadata: change,
    payment_settings: _settings,
    transfer_data: _transfer,
    ...plain
  } = params;
  const changed: Stored<'invoice'> = {
    ...invoice,
    ...plain,
    ...(params.default_payment_method !== undefined && {
      default_payment_method: defaultMethodOf(ctx, customer, params),
    }),
    metadata: mergeMetadata(invoice.metadata ?? {}, change),
    ...(days_until_due === undefined
      ? {}
      : { due_date: invoice.created + days_until_due * 86_400 }),
    ...(choices === undefined
      ? {}
      : {
          discounts: redeemDiscounts(ctx, choices ?? [], {
            customer,
            invoice: invoice.id,
            isFirstPurchase: isNew(ctx, customer),
            currency: invoice.currency,
          }),
        }),
    ...(params.auto_advance && invoice.status === 'draft'
      ? { automatically_finalizes_at: params.automatically_finalizes_at ?? ctx.now + 3600 }
      : {}),
  };
  const totals =
    invoice.status === 'draft' ? withTotals(ctx, changed, invoice.lines.data) : changed;
  const stored = ctx.update('invoice', invoiceId, totals, 'invoice.updated');
  scheduleInvoice(ctx, stored);
  return stored;
}

/** What can still be changed after an invoice is finalized. */
const EDITABLE: ReadonlySet<string> = new Set([
  'auto_advance',
  'automatically_finalizes_at',
  'default_payment_method',
  'due_date',
  'days_until_due',
  'metadata',
  'payment_settings',
]);

function refuseFinalized(invoice: Stored<'invoice'>, params: Changes): void {
  if (invoice.status === 'draft') return;
  const fixed = Object.keys(params).find((name) => !EDITABLE.has(name));
  if (fixed === undefined) return;
  throw invalidRequest(
    `Finalized invoices can't be updated in this way: ${fixed} cannot be changed once the invoice is ${invoice.status}.`,
    fixed,
    'invoice_not_editable',
  );
}
