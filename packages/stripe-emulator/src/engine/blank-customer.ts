import type { Context } from '../core/context';
import { newId, randomText } from '../core/ids';
import type { Customer } from './objects';

/** A customer of whom nothing is known yet, not stored. `ctx` is on its clock. */
export function blankCustomer(ctx: Context, testClock: string | null): Customer {
  return {
    id: newId('cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: ctx.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: newPrefix(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: ctx.livemode,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: testClock,
  };
}

function newPrefix(): string {
  return randomText(8).toUpperCase();
}
