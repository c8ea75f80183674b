import { metadata } from '../core/metadata';
import { array, boolean, id, integer, object, oneOf, string, unsettable } from '../core/params';
import { addressParam, email, invoiceCustomFields, shippingParam, taxExempt } from './fields';
import { taxIdFields } from './tax-ids';

/** What can be said of a customer at any time. */
export const fields = {
  address: unsettable(addressParam()),
  balance: integer(),
  business_name: unsettable(string({ max: 150 })),
  description: unsettable(string()),
  email: unsettable(email()),
  individual_name: unsettable(string({ max: 150 })),
  invoice_prefix: string(),
  invoice_settings: object({
    custom_fields: unsettable(invoiceCustomFields()),
    default_payment_method: unsettable(id()),
    footer: unsettable(string()),
    rendering_options: unsettable(
      object({
        amount_tax_display: unsettable(oneOf(['exclude_tax', 'include_inclusive_tax'])),
      }),
    ),
  }),
  metadata: metadata(),
  name: unsettable(string({ max: 256 })),
  next_invoice_sequence: integer({ min: 1 }),
  phone: unsettable(string({ max: 20 })),
  preferred_locales: array(string()),
  shipping: unsettable(shippingParam()),
  tax: object({
    ip_address: unsettable(string()),
    validate_location: oneOf(['auto', 'deferred', 'immediately']),
  }),
  tax_exempt: unsettable(taxExempt()),
  validate: boolean(),
};

/** What can be said of a customer that is made. */
export const createFields = {
  ...fields,
  payment_method: id(),
  tax_id_data: array(object(taxIdFields), { max: 5 }),
  test_clock: id(),
};
