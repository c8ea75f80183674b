import { metadata } from '../core/metadata';
import {
  array,
  boolean,
  decimal,
  either,
  id,
  integer,
  object,
  oneOf,
  refine,
  required,
  string,
  timestamp,
  unsettable,
} from '../core/params';
import { currency } from './fields';
import { withinThreeYears } from './price-params';

/** Schemas that subscriptions, their items, schedules, previews and Checkout have in common. */

export const INTERVALS = ['day', 'month', 'week', 'year'] as const;
const PRORATION_BEHAVIORS = ['always_invoice', 'create_prorations', 'none'] as const;
const PAYMENT_BEHAVIORS = [
  'allow_incomplete',
  'default_incomplete',
  'error_if_incomplete',
  'pending_if_incomplete',
] as const;
const TAX_BEHAVIORS = ['exclusive', 'inclusive', 'unspecified'] as const;
const FEEDBACKS = [
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
] as const;

export const discounts = unsettable(
  array(object({ coupon: id(), discount: id(), promotion_code: id() }), { max: 20 }),
);

export const prorationBehavior = oneOf(PRORATION_BEHAVIORS);
export const paymentBehavior = oneOf(PAYMENT_BEHAVIORS);
export const taxRates = unsettable(array(id(), { max: 5 }));
export const unitAmount = integer({ max: 99_999_999 });
export const quantity = integer({ min: 0, max: 999_999_999 });

export const recurrence = refine(
  object({ interval: required(oneOf(INTERVALS)), interval_count: integer({ min: 1 }) }),
  withinThreeYears,
);

export const recurringPriceData = object({
  currency: required(currency()),
  product: required(id()),
  recurring: required(recurrence),
  tax_behavior: oneOf(TAX_BEHAVIORS),
  unit_amount: unitAmount,
  unit_amount_decimal: decimal(),
});

export const oneTimePriceData = object({
  currency: required(currency()),
  product: required(id()),
  tax_behavior: oneOf(TAX_BEHAVIORS),
  unit_amount: unitAmount,
  unit_amount_decimal: decimal(),
});

const newItemFields = {
  billing_thresholds: unsettable(object({ usage_gte: required(integer({ min: 1 })) })),
  discounts,
  metadata: metadata(),
  plan: id(),
  price: id(),
  price_data: recurringPriceData,
  quantity,
  tax_rates: taxRates,
};

export const newItem = object(newItemFields);

export const changedItem = object({
  ...newItemFields,
  clear_usage: boolean(),
  deleted: boolean(),
  id: id(),
});

export const addInvoiceItem = object({
  discountable: boolean(),
  discounts,
  metadata: metadata(),
  period: object({
    end: required(
      object({
        timestamp: timestamp(),
        type: required(oneOf(['min_item_period_end', 'timestamp'])),
      }),
    ),
    start: required(
      object({
        timestamp: timestamp(),
        type: required(oneOf(['max_item_period_start', 'now', 'timestamp'])),
      }),
    ),
  }),
  price: id(),
  price_data: oneTimePriceData,
  quantity,
  tax_rates: taxRates,
});

export const automaticTax = object({
  enabled: required(boolean()),
  liability: object({ account: id(), type: required(oneOf(['account', 'self'])) }),
});

export const billingMode = object({
  flexible: object({ proration_discounts: oneOf(['included', 'itemized']) }),
  type: required(oneOf(['classic', 'flexible'])),
});

export const billingThresholds = unsettable(
  object({ amount_gte: integer({ min: 1 }), reset_billing_cycle_anchor: boolean() }),
);

export const anchorConfig = object({
  day_of_month: required(integer({ min: 1, max: 31 })),
  hour: integer({ min: 0, max: 23 }),
  minute: integer({ min: 0, max: 59 }),
  month: integer({ min: 1, max: 12 }),
  second: integer({ min: 0, max: 59 }),
});

const cancelAtWord = oneOf(['max_billed_until', 'max_period_end', 'min_period_end']);

/** A moment, or a word for one that depends on the subscription. */
export const cancelAt = either(timestamp(), cancelAtWord);

export const collectionMethod = oneOf(['charge_automatically', 'send_invoice']);

export const cancellationDetails = object({
  comment: unsettable(string({ max: 5000 })),
  feedback: unsettable(oneOf(FEEDBACKS)),
  feedback_option: id(),
});

/** Invoices are issued by the account itself. */
export const issuer = object({ type: required(oneOf(['self'], ['account'])) });

export const invoiceSettings = object({
  description: unsettable(string({ max: 1500 })),
  footer: unsettable(string({ max: 5000 })),
  issuer,
});

const OTHER_METHOD_TYPES =
  'ach_credit_transfer ach_debit acss_debit affirm alipay amazon_pay au_becs_debit bacs_debit bancontact billie blik boleto cashapp crypto custom eps fpx giropay grabpay ideal jp_credit_transfer kakao_pay klarna konbini kr_card mb_way multibanco naver_pay nz_bank_account p24 pay_by_bank payco paynow paypal payto pix promptpay revolut_pay satispay sepa_credit_transfer sequra sofort swish twint upi wechat_pay'.split(
    ' ',
  );

/** The kinds of payment method that invoices can be restricted to; the emulator charges cards only. */
export const paymentMethodTypes = unsettable(
  array(
    oneOf(
      ['card', 'customer_balance', 'link', 'sepa_debit', 'us_bank_account'],
      OTHER_METHOD_TYPES,
    ),
  ),
);

export const paymentSettings = object({
  payment_method_types: paymentMethodTypes,
  save_default_payment_method: oneOf(['off', 'on_subscription']),
});

export const trialEnd = either(oneOf(['now']), timestamp());

export const trialSettings = object({
  end_behavior: required(
    object({
      billing_cycle_anchor: oneOf(['now', 'unchanged']),
      missing_payment_method: oneOf(['cancel', 'create_invoice', 'pause']),
    }),
  ),
});
