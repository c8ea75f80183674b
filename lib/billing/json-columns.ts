import { z } from 'zod';

// The mirror's columns of type Json. We write them ourselves; their schemas say what that type leaves out. Amounts are
// in the smallest unit of the subscription's currency; times are ISO 8601.

/** In `Subscription.items`. */
export type SubscriptionItem = z.infer<typeof subscriptionItem>;
export const subscriptionItem = z.object({
  id: z.string(),
  priceId: z.string(),
  productId: z.string(),
  currency: z.string(),
  unitAmount: z.number().nullable(),
  quantity: z.number().nullable(),
  interval: z.string().nullable(),
  intervalCount: z.number().nullable(),
  currentPeriodStart: z.string(),
  currentPeriodEnd: z.string(),
  /** Stripe's ids of the discounts on this item alone. */
  discounts: z.array(z.string()),
});

/** In `Subscription.discounts`: either a percentage, or an amount in a currency. */
export type SubscriptionDiscount = z.infer<typeof subscriptionDiscount>;
export const subscriptionDiscount = z.object({
  id: z.string(),
  couponId: z.string().nullable(),
  promotionCodeId: z.string().nullable(),
  percentOff: z.number().nullable(),
  amountOff: z.number().nullable(),
  currency: z.string().nullable(),
  /** Null when it never ends. */
  endsAt: z.string().nullable(),
});

/** In `Subscription.nextChange`: the change of plan that is to come. */
export type NextChange = z.infer<typeof nextChange>;
export const nextChange = z.object({
  /** `scheduled`: made by the subscription's schedule. `unpaid`: made once its invoice is paid. */
  kind: z.enum(['scheduled', 'unpaid']),
  /** When it is made, or until when it waits for its payment. */
  at: z.string(),
  /** The plan's name in our catalogue; null when the price is not one of ours. */
  plan: z.string().nullable(),
  priceId: z.string(),
  /** Null when the price has no one amount in the subscription's currency. */
  unitAmount: z.number().nullable(),
  quantity: z.number(),
  interval: z.string(),
  intervalCount: z.number(),
  /** Stripe's id of the invoice that it waits for. */
  invoiceId: z.string().nullable(),
});
