/** What Stripe calls a kind of object in "No such …", where that is not its `object` value. */
const NOUNS: Record<string, string> = {
  'billing_portal.configuration': 'configuration',
  'billing_portal.session': 'billing portal session',
  'entitlements.feature': 'feature',
  payment_method: 'PaymentMethod',
  promotion_code: 'promotion code',
  setup_intent: 'setupintent',
  test_clock: 'test clock',
  'test_helpers.test_clock': 'test clock',
  webhook_endpoint: 'webhook endpoint',
};

export function nounOf(object: string): string {
  return NOUNS[object] ?? object;
}
