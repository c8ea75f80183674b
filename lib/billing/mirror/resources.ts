/**
 * What we mirror of a customer. Each resource is read from Stripe in one request, and read and
 * written independently of the others.
 *
 * - `customer`: whether it exists, and the card it pays with
 * - `subscriptions`: all of them, ended ones too, with their items, discounts and pauses
 * - `invoices`: all of them, with what became of their payments
 */
export const resources = ['customer', 'subscriptions', 'invoices'] as const;

export type Resource = (typeof resources)[number];

/**
 * The resource that an event of this type may have changed; null when it changes nothing that we
 * mirror, or when another event always reports the same change (`invoice.updated` beside
 * `invoice_payment.paid`).
 */
export function resourceOfEvent(type: string): Resource | null {
  return rules.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}

/** The first match decides. Types that Stripe adds under a known prefix are covered too. */
const rules: readonly (readonly [RegExp, Resource | null])[] = [
  [/^customer\.(subscription|discount)\./, 'subscriptions'],
  [/^subscription_schedule\./, 'subscriptions'],
  [/^checkout\.session\.(completed|async_payment_)/, 'subscriptions'],
  [/^customer\.[a-z_]+$/, 'customer'],
  [/^payment_method\./, 'customer'],
  // It is about the next invoice, which does not exist yet.
  [/^invoice\.upcoming$/, 'subscriptions'],
  [/^invoice\./, 'invoices'],
  [/^(charge\.refunded|refund\.failed|charge\.dispute\.(created|updated|closed))$/, 'invoices'],
];

/**
 * The events that say something which the mirror's rows alone do not, and are therefore recorded as
 * changes of their own: lib/billing/derive-changes.ts.
 */
export const meaningfulEvents = [
  'customer.subscription.trial_will_end',
  'invoice.upcoming',
  'payment_method.attached',
] as const;
