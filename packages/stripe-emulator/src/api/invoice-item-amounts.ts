import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { metadata } from '../core/metadata';
import {
  boolean,
  decimal,
  exclusive,
  type FieldOutputs,
  id,
  integer,
  missingParam,
  object,
  oneOf,
  refine,
  required,
  string,
  timestamp,
  unsettable,
} from '../core/params';
import type { Stored } from '../core/tables';
import { createInlinePrice } from '../engine/inline-price';
import { priceAmount } from '../engine/money';
import { discounts, oneTimePriceData, taxRates } from './subscription-params';

/** What can be said of an invoice item. */
export const invoiceItemFields = {
  amount: integer(),
  description: string({ max: 5000 }),
  discountable: boolean(),
  discounts,
  metadata: metadata(),
  period: refine(
    object({ end: required(timestamp()), start: required(timestamp()) }),
    (period, path) => {
      if (period.end >= period.start) return period;
      throw invalidRequest('The period cannot end before it starts.', `${path}[end]`);
    },
  ),
  price_data: oneTimePriceData,
  pricing: object({ price: id() }),
  quantity: integer({ min: 0 }),
  quantity_decimal: decimal(),
  tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']),
  tax_code: unsettable(id()),
  tax_rates: taxRates,
  unit_amount_decimal: decimal(),
};

interface ItemAmounts {
  amount: number;
  price: Stored<'price'> | null;
  quantity: number;
  unit_amount_decimal: string | null;
}

/** What an item costs: an amount, or a price times a quantity. */
export function amountsOf(
  ctx: Context,
  params: FieldOutputs<typeof invoiceItemFields>,
  place = '',
): ItemAmounts {
  const path = (name: string) => (place ? `${place}[${name}]` : name);
  exclusive(
    { amount: params.amount, pricing: params.pricing, price_data: params.price_data },
    'amount',
    'pricing',
    'price_data',
  );
  const quantity = params.quantity ?? 1;
  if (params.amount !== undefined) {
    return {
      amount: params.amount,
      price: null,
      quantity,
      unit_amount_decimal: String(params.amount),
    };
  }
  if (params.unit_amount_decimal !== undefined) {
    const rate = { unit_amount: null, unit_amount_decimal: params.unit_amount_decimal };
    return {
      amount: priceAmount(rate, quantity),
      price: null,
      quantity,
      unit_amount_decimal: params.unit_amount_decimal,
    };
  }
  const price = params.price_data
    ? createInlinePrice(ctx, params.price_data, path('price_data'))
    : params.pricing?.price
      ? ctx.get('price', params.pricing.price, `${path('pricing')}[price]`)
      : undefined;
  if (!price) throw missingParam(path('amount'));
  if (price.type === 'recurring') {
    throw invalidRequest(
      'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.',
      `${path('pricing')}[price]`,
    );
  }
  return {
    amount: priceAmount(price, quantity),
    price,
    quantity,
    unit_amount_decimal: price.unit_amount_decimal,
  };
}
