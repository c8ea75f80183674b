import type { Customer, Invoice, Subscription } from '../../generated/prisma/client';

/** What Stripe says about a customer, in our database's columns. A resource that was not read is absent. */
export type Mirror = {
  customer?: CustomerColumns;
  subscriptions?: SubscriptionRow[];
  invoices?: InvoiceRow[];
};

export type CustomerColumns = Pick<
  Customer,
  'deleted' | 'cardBrand' | 'cardLast4' | 'cardExpMonth' | 'cardExpYear'
>;

export type SubscriptionRow = Row<Subscription>;
export type InvoiceRow = Row<Invoice>;

/** A complete row as the mirror writes it, with amounts as numbers. */
type Row<Model> = {
  [Column in keyof Model]: Model[Column] extends bigint
    ? number
    : Model[Column] extends bigint | null
      ? number | null
      : Model[Column];
};

/** In `Subscription.items`. The amount is in the currency's smallest unit; times are ISO 8601. */
export type SubscriptionItem = {
  id: string;
  priceId: string;
  productId: string;
  currency: string;
  unitAmount: number | null;
  quantity: number | null;
  interval: string | null;
  intervalCount: number | null;
  currentPeriodStart: string;
  currentPeriodEnd: string;
  /** Stripe's ids of the discounts on this item alone. */
  discounts: string[];
};

/** In `Subscription.discounts`: either a percentage, or an amount in the currency's smallest unit. */
export type SubscriptionDiscount = {
  id: string;
  couponId: string | null;
  promotionCodeId: string | null;
  percentOff: number | null;
  amountOff: number | null;
  currency: string | null;
  /** ISO 8601; null when it never ends. */
  endsAt: string | null;
};

/**
 * In `Subscription.nextChange`: the change of plan that is to come. The amount is in the
 * subscription's currency's smallest unit; times are ISO 8601.
 */
export type NextChange = {
  /** `scheduled`: made by the subscription's schedule. `unpaid`: made once its invoice is paid. */
  kind: 'scheduled' | 'unpaid';
  /** When it is made, or until when it waits for its payment. */
  at: string;
  /** The plan's name in our catalogue; null when the price is not one of ours. */
  plan: string | null;
  priceId: string;
  /** Null when the price has no one amount in the subscription's currency. */
  unitAmount: number | null;
  quantity: number;
  interval: string;
  intervalCount: number;
  /** Stripe's id of the invoice that it waits for. */
  invoiceId: string | null;
};
