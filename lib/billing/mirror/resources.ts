/**
 * The parts that the mirror of a customer is made of. Each comes out of one request to Stripe, and
 * is read and written independently of the others.
 *
 * - `customer`: that it exists, and the card it pays with
 * - `subscriptions`: all of them, ended ones too, with their items, discounts and pauses
 * - `invoices`: all of them
 * - `entitlements`: the features that Stripe says are active
 */
export const parts = ['customer', 'subscriptions', 'invoices', 'entitlements'] as const;

export type Part = (typeof parts)[number];

/**
 * The part that events of this type can tell a change of; null when nothing in the mirror can have
 * changed, or another event always tells it too (`invoice.updated` beside `invoice_payment.paid`).
 */
export function partOfEvent(type: string): Part | null {
  return rules.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}

/** The first that fits decides. Types that Stripe adds under a known prefix are covered too. */
const rules: readonly (readonly [RegExp, Part | null])[] = [
  [/^customer\.(subscription|discount)\./, 'subscriptions'],
  [/^subscription_schedule\./, 'subscriptions'],
  [/^checkout\.session\.(completed|async_payment_)/, 'subscriptions'],
  [/^customer\.[a-z_]+$/, 'customer'],
  [/^payment_method\./, 'customer'],
  [/^invoice\.upcoming$/, null],
  [/^invoice\./, 'invoices'],
  [/^entitlements\.active_entitlement_summary\./, 'entitlements'],
];
