/** What a 404 names as `param`: the name of the id in Stripe's own path, `id` where it is not listed. */
const PATH_PARAMS: Record<string, string> = {
  account: 'account',
  'billing_portal.configuration': 'configuration',
  charge: 'charge',
  'checkout.session': 'session',
  coupon: 'coupon',
  dispute: 'dispute',
  customer_balance_transaction: 'transaction',
  invoice: 'invoice',
  invoice_payment: 'invoice_payment',
  invoiceitem: 'invoiceitem',
  payment_intent: 'intent',
  payment_link: 'payment_link',
  payment_method: 'payment_method',
  price: 'price',
  promotion_code: 'promotion_code',
  refund: 'refund',
  tax_rate: 'tax_rate',
  setup_intent: 'intent',
  subscription_item: 'item',
  subscription_schedule: 'schedule',
  'test_helpers.test_clock': 'test_clock',
  webhook_endpoint: 'webhook_endpoint',
};

/** What Stripe calls a kind of object in "No such …", where that is not its `object` value. */
const NOUNS: Record<string, string> = {
  'billing.alert': 'alert',
  'billing.credit_balance_transaction': 'credit balance transaction',
  'billing.credit_grant': 'credit grant',
  'billing.meter': 'meter',
  'billing_portal.configuration': 'configuration',
  'billing_portal.session': 'billing portal session',
  'entitlements.feature': 'feature',
  balance_transaction: 'balance transaction',
  'radar.early_fraud_warning': 'early fraud warning',
  credit_note: 'credit note',
  customer_balance_transaction: 'customer balance transaction',
  payment_link: 'payment link',
  payment_method: 'PaymentMethod',
  promotion_code: 'promotion code',
  setup_intent: 'setupintent',
  tax_rate: 'tax rate',
  test_clock: 'test clock',
  'test_helpers.test_clock': 'test clock',
  'v2.core.event': 'event',
  'v2.core.event_destination': 'event destination',
  webhook_endpoint: 'webhook endpoint',
};

export function pathParamOf(object: string): string {
  return PATH_PARAMS[object] ?? 'id';
}

export function nounOf(object: string): string {
  return NOUNS[object] ?? object;
}
