import { metadata } from '../core/metadata';
import { boolean, id, integer, object, oneOf, string, timestamp, unsettable } from '../core/params';
import { currency, invoiceCustomFields, shippingParam, statementDescriptor } from './fields';
import {
  automaticTax,
  collectionMethod,
  discounts,
  issuer,
  paymentMethodTypes,
  taxRates,
} from './subscription-params';

/** What can be said of an invoice at any time while it is a draft. */
export const invoiceFields = {
  auto_advance: boolean(),
  automatic_tax: automaticTax,
  automatically_finalizes_at: timestamp(),
  collection_method: collectionMethod,
  custom_fields: unsettable(invoiceCustomFields()),
  days_until_due: integer({ min: 0, max: 365 }),
  default_payment_method: id(),
  default_tax_rates: taxRates,
  description: unsettable(string({ max: 1500 })),
  discounts,
  due_date: timestamp(),
  effective_at: unsettable(timestamp()),
  footer: unsettable(string({ max: 5000 })),
  issuer,
  metadata: metadata(),
  number: unsettable(string({ max: 26 })),
  on_behalf_of: unsettable(id()),
  payment_settings: object({ payment_method_types: paymentMethodTypes }),
  rendering: object({
    amount_tax_display: unsettable(oneOf(['exclude_tax', 'include_inclusive_tax'])),
    pdf: object({ page_size: oneOf(['a4', 'auto', 'letter']) }),
  }),
  shipping_details: unsettable(shippingParam()),
  statement_descriptor: statementDescriptor(),
};

/** What `POST /v1/invoices` takes. */
export const newInvoiceFields = {
  ...invoiceFields,
  currency: currency(),
  customer: id(),
  customer_account: id(),
  pending_invoice_items_behavior: oneOf(['exclude', 'include']),
  subscription: id(),
};
