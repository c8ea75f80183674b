import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  boolean,
  type FieldOutputs,
  id,
  object,
  refine,
  required,
  string,
  unsettable,
} from '../core/params';
import type { Stored } from '../core/tables';
import { statementDescriptor } from './fields';

/** A product described inside another request, such as `product_data` of a price. */
export const productDataFields = {
  active: boolean(),
  id: refine(string({ max: 5000 }), (text, path) => {
    if (/^[A-Za-z0-9_.-]+$/.test(text)) return text;
    throw invalidRequest('Product ids can only contain letters, digits, `-`, `_` and `.`.', path);
  }),
  metadata: metadata(),
  name: required(string()),
  statement_descriptor: unsettable(statementDescriptor()),
  tax_code: unsettable(id()),
  tax_details: unsettable(object({ performance_location: id(), tax_code: unsettable(id()) })),
  unit_label: unsettable(string({ max: 12 })),
};

/** Makes a product. What `more` says goes beyond what a product described in passing can have. */
export function createProduct(
  ctx: Context,
  given: FieldOutputs<typeof productDataFields>,
  more: Partial<Stored<'product'>> = {},
): Stored<'product'> {
  if (given.id && ctx.find('product', given.id)) {
    throw invalidRequest('Product already exists.', 'id', 'resource_already_exists');
  }
  const taxCode = given.tax_code ?? given.tax_details?.tax_code ?? null;
  return ctx.insert(
    'product',
    {
      id: given.id ?? newId('prod', 14),
      object: 'product',
      active: given.active ?? true,
      created: ctx.now,
      default_price: null,
      description: null,
      images: [],
      livemode: ctx.livemode,
      marketing_features: [],
      metadata: mergeMetadata({}, given.metadata),
      name: given.name,
      package_dimensions: null,
      shippable: null,
      statement_descriptor: given.statement_descriptor ?? null,
      tax_code: taxCode,
      tax_details: given.tax_details
        ? {
            performance_location: given.tax_details.performance_location ?? null,
            tax_code: taxCode,
          }
        : null,
      type: 'service',
      unit_label: given.unit_label ?? null,
      updated: ctx.now,
      url: null,
      ...more,
    },
    'product.created',
  );
}
