import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { FieldOutputs } from '../core/params';
import type { Stored } from '../core/tables';
import { defaultMethodOf } from '../engine/attach-payment-method';
import { redeemDiscounts } from '../engine/discounts';
import { scheduleInvoice, withTotals } from '../engine/invoicing';
import { isNew } from '../engine/payer';
import { refuseBothTaxes, taxRatesOf } from '../engine/tax-rates';
import type { invoiceFields } from './invoice-params';
import { shownFields } from './invoice-shown-fields';

type Changes = FieldOutputs<typeof invoiceFields>;

/** Changes an invoice: a draft in all, a finalized one in little. @throws StripeError */
export function updateInvoice(ctx: Context, invoiceId: string, params: Changes): Stored<'invoice'> {
  const invoice = ctx.get('invoice', invoiceId);
  refuseFinalized(invoice, params);
  const customer = ctx.get('customer', invoice.customer ?? '');
  const {
    auto_advance,
    collection_method,
    days_until_due,
    description,
    discounts: choices,
  } = params;
  const { automatically_finalizes_at, footer, metadata: change, on_behalf_of } = params;
  const changed: Stored<'invoice'> = {
    ...invoice,
    ...shownFields(invoice, params),
    ...(auto_advance !== undefined && { auto_advance }),
    ...(automatically_finalizes_at !== undefined && { automatically_finalizes_at }),
    ...(params.automatic_tax && {
      automatic_tax: { ...invoice.automatic_tax, enabled: params.automatic_tax.enabled },
    }),
    ...(collection_method !== undefined && { collection_method }),
    ...(params.default_tax_rates !== undefined && {
      default_tax_rates: taxRatesOf(ctx, params.default_tax_rates, 'default_tax_rates'),
    }),
    ...(description !== undefined && { description }),
    ...(footer !== undefined && { footer }),
    ...(on_behalf_of !== undefined && { on_behalf_of }),
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
  refuseBothTaxes(changed.automatic_tax.enabled, { default_tax_rates: params.default_tax_rates });
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
