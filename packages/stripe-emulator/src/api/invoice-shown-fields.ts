import type { FieldOutputs } from '../core/params';
import type { Stored } from '../core/tables';
import { mergeShipping } from './fields';
import type { invoiceFields } from './invoice-params';

type Params = FieldOutputs<typeof invoiceFields>;

/** The fields of an invoice that a request sets and that change nothing else. */
export function shownFields(
  invoice: Stored<'invoice'>,
  { payment_settings: payment, rendering, shipping_details: shipping, ...params }: Params,
): Partial<Stored<'invoice'>> {
  const { custom_fields, due_date, effective_at, number, statement_descriptor } = params;
  return {
    ...(custom_fields !== undefined && { custom_fields }),
    ...(due_date !== undefined && { due_date }),
    ...(effective_at !== undefined && { effective_at }),
    ...(number !== undefined && { number }),
    ...(statement_descriptor !== undefined && { statement_descriptor }),
    ...(payment && { payment_settings: { ...invoice.payment_settings, ...payment } }),
    ...(rendering && {
      rendering: {
        amount_tax_display: rendering.amount_tax_display ?? null,
        pdf: rendering.pdf ? { page_size: rendering.pdf.page_size ?? null } : null,
        template: null,
        template_version: null,
      },
    }),
    ...(shipping !== undefined && {
      shipping_details: shipping && mergeShipping(invoice.shipping_details, shipping),
    }),
  };
}
