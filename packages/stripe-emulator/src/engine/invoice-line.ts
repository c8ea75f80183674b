import type { Period } from '../core/calendar';
import { quantityFields } from './money';
import type { InvoiceLine as Line, Price } from './objects';

/** What a line needs to be told; discounts and the invoice are filled in when it joins one. */
export interface LineSeed {
  id: string;
  amount: number;
  currency: string;
  description: string | null;
  discountable: boolean;
  discounts: string[];
  livemode: boolean;
  metadata: Record<string, string>;
  parent: Line['parent'];
  period: Period;
  price: Price | null;
  unit_amount_decimal: string | null;
  quantity: number | null;
  subscription: string | null;
}

/** An invoice line, complete to the last field, not yet discounted. */
export function newLine(seed: LineSeed): Line {
  return {
    id: seed.id,
    object: 'line_item',
    amount: seed.amount,
    currency: seed.currency,
    description: seed.description,
    discount_amounts: [],
    discountable: seed.discountable,
    discounts: seed.discounts,
    invoice: null,
    livemode: seed.livemode,
    metadata: seed.metadata,
    parent: seed.parent,
    period: { end: seed.period.end, start: seed.period.start },
    pretax_credit_amounts: [],
    pricing: pricing(seed),
    ...(seed.quantity === null
      ? { quantity: null, quantity_decimal: null }
      : quantityFields(seed.quantity)),
    subscription: seed.subscription,
    subtotal: seed.amount,
    taxes: [],
  };
}

function pricing(seed: LineSeed): Line['pricing'] {
  if (!seed.price) {
    return { type: 'price_details', unit_amount_decimal: seed.unit_amount_decimal };
  }
  return {
    price_details: { price: seed.price.id, product: seed.price.product },
    type: 'price_details',
    unit_amount_decimal: seed.unit_amount_decimal,
  };
}
