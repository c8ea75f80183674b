import { metadata } from '../core/metadata';
import {
  array,
  decimal,
  id,
  integer,
  object,
  oneOf,
  required,
  string,
  timestamp,
} from '../core/params';
import { taxRates } from './subscription-params';

const line = object({
  amount: integer(),
  description: string(),
  invoice_line_item: id(),
  metadata: metadata(),
  quantity: integer({ min: 1 }),
  tax_rates: taxRates,
  type: required(oneOf(['custom_line_item', 'invoice_line_item'])),
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: decimal(),
});

const refund = object({
  amount_refunded: integer({ min: 1 }),
  refund: required(id()),
  type: oneOf(['refund'], ['payment_record_refund']),
});

/** What a new credit note, or the preview of one, can be told. */
export const creditNoteFields = {
  amount: integer({ min: 1 }),
  credit_amount: integer({ min: 0 }),
  effective_at: timestamp(),
  email_type: oneOf(['credit_note', 'none']),
  invoice: required(id()),
  lines: array(line),
  memo: string({ max: 5000 }),
  metadata: metadata(),
  out_of_band_amount: integer({ min: 0 }),
  reason: oneOf(['duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory']),
  refund_amount: integer({ min: 0 }),
  refunds: array(refund),
};
