import type { Context } from '../core/context';
import {
  exclusive,
  type FieldOutputs,
  id,
  missingParam,
  object,
  oneOf,
  required,
} from '../core/params';
import { createProduct, productDataFields } from './create-product';
import { invoiceItemFields } from './invoice-item-amounts';
import { oneTimePriceData } from './subscription-params';

/** What can be said of a line; its price may be described together with its product. */
export const lineFields = {
  ...invoiceItemFields,
  price_data: object({
    ...oneTimePriceData.fields,
    product: id(),
    product_data: object(productDataFields),
  }),
};
const { tax_behavior: _, tax_code: __, unit_amount_decimal: ___, ...own } = lineFields;
/** What one line by itself takes. */
export const ownLineFields = own;
/** One element of `add_lines`. */
export const addedLine = object({ ...lineFields, invoice_item: id() });
/** One element of `update_lines`. */
export const changedLine = object({ ...lineFields, id: required(id()) });
/** One element of `remove_lines`. */
export const removedLine = object({
  behavior: required(oneOf(['delete', 'unassign'])),
  id: required(id()),
});

/** A line as an invoice item is described. */
export type LineChange = FieldOutputs<typeof invoiceItemFields>;

/** A line whose price is described together with its product, as one of a product that is there. */
export function priced(
  ctx: Context,
  line: FieldOutputs<typeof lineFields>,
  place?: string,
): LineChange {
  const { price_data: data, ...rest } = line;
  if (!data) return rest;
  exclusive(data, 'product', 'product_data');
  const { product, product_data: described, ...price } = data;
  const of = described ? createProduct(ctx, described).id : product;
  if (of === undefined)
    throw missingParam(`${place ? `${place}[price_data]` : 'price_data'}[product]`);
  return { ...rest, price_data: { ...price, product: of } };
}
