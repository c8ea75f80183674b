import type Stripe from 'stripe';
import type { Customer, Invoice, Subscription } from '../../generated/prisma/client';
import { planOfProduct } from '../plans';
import { idOf } from '../stripe';
import { mostImportant } from '../subscription-status';

/** A row as the mirror writes it: amounts as numbers, complete to the last column. */
type Row<Model> = {
  [Column in keyof Model]: Model[Column] extends bigint
    ? number
    : Model[Column] extends bigint | null
      ? number | null
      : Model[Column];
};

export type SubscriptionRow = Row<Subscription>;
export type InvoiceRow = Row<Invoice>;

export type CustomerColumns = Pick<
  Customer,
  'deleted' | 'cardBrand' | 'cardLast4' | 'cardExpMonth' | 'cardExpYear'
>;

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
  /** ISO 8601; null when it stays. */
  endsAt: string | null;
};

export type Owner = { customerId: string; userId: string };

/**
 * Whether the customer exists, and the card that the next invoice is charged to: the own one of the
 * subscription that matters most, else the customer's.
 *
 * @param subscriptions those that are going on, at least; with `default_payment_method` expanded
 */
export function customerColumns(
  customer: Stripe.Customer | Stripe.DeletedCustomer,
  subscriptions: readonly Stripe.Subscription[],
): CustomerColumns {
  const paying = mostImportant(
    subscriptions
      .filter(({ status }) => status !== 'canceled' && status !== 'incomplete_expired')
      .map(({ status, created, default_payment_method }) => ({
        ...{ status, createdAt: date(created), method: default_payment_method },
      })),
  );
  const method =
    paying?.method ?? (customer.deleted ? null : customer.invoice_settings.default_payment_method);
  const card = method && typeof method !== 'string' ? method.card : undefined;
  return {
    deleted: customer.deleted === true,
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    cardExpMonth: card?.exp_month ?? null,
    cardExpYear: card?.exp_year ?? null,
  };
}

/**
 * @param items all of the subscription's items: Stripe puts only the first ones into the object
 * @returns no row for a subscription without items, which Stripe does not have
 */
export function subscriptionRows(
  owner: Owner,
  subscription: Stripe.Subscription,
  items: readonly Stripe.SubscriptionItem[],
): SubscriptionRow[] {
  // The item that names a plan of ours; a subscription made elsewhere may have others beside it.
  const item = items.find(({ price }) => planOfProduct(idOf(price.product))) ?? items[0];
  if (!item) return [];
  const { price } = item;
  const productId = idOf(price.product);
  const { schedule, pause_collection: pause } = subscription;
  const periodEnd = Math.max(...items.map((each) => each.current_period_end));
  const row: SubscriptionRow = {
    id: subscription.id,
    customerId: owner.customerId,
    userId: owner.userId,
    status: subscription.status,
    plan: planOfProduct(productId)?.name ?? null,
    itemId: item.id,
    priceId: price.id,
    productId,
    currency: price.currency,
    unitAmount: price.unit_amount,
    quantity: item.quantity ?? 1,
    interval: price.recurring?.interval ?? 'month',
    intervalCount: price.recurring?.interval_count ?? 1,
    items: items.map(subscriptionItem),
    discounts: subscription.discounts.flatMap(subscriptionDiscount),
    currentPeriodStart: date(item.current_period_start),
    currentPeriodEnd: date(item.current_period_end),
    // Newer subscriptions carry the date alone and leave the flag false, older ones the flag.
    cancelAt: date(
      subscription.cancel_at ?? (subscription.cancel_at_period_end ? periodEnd : null),
    ),
    canceledAt: date(subscription.canceled_at),
    endedAt: date(subscription.ended_at),
    trialStart: date(subscription.trial_start),
    trialEnd: date(subscription.trial_end),
    pauseBehavior: pause?.behavior ?? null,
    resumesAt: date(pause?.resumes_at ?? null),
    scheduleId: schedule ? idOf(schedule) : null,
    createdAt: date(subscription.created),
  };
  return [row];
}

export function invoiceRow(owner: Owner, invoice: Stripe.Invoice): InvoiceRow {
  const subscription = invoice.parent?.subscription_details?.subscription;
  return {
    id: invoice.id,
    customerId: owner.customerId,
    userId: owner.userId,
    subscriptionId: subscription ? idOf(subscription) : null,
    number: invoice.number,
    status: invoice.status ?? 'draft',
    currency: invoice.currency,
    total: invoice.total,
    amountPaid: invoice.amount_paid,
    amountDue: invoice.amount_due,
    billingReason: invoice.billing_reason,
    hostedInvoiceUrl: invoice.hosted_invoice_url ?? null,
    invoicePdf: invoice.invoice_pdf ?? null,
    createdAt: date(invoice.created),
    dueAt: date(invoice.due_date),
    paidAt: date(invoice.status_transitions.paid_at),
    nextAttemptAt: date(invoice.next_payment_attempt),
  };
}

function subscriptionItem(item: Stripe.SubscriptionItem): SubscriptionItem {
  const { price } = item;
  return {
    id: item.id,
    priceId: price.id,
    productId: idOf(price.product),
    currency: price.currency,
    unitAmount: price.unit_amount,
    quantity: item.quantity ?? null,
    interval: price.recurring?.interval ?? null,
    intervalCount: price.recurring?.interval_count ?? null,
    currentPeriodStart: date(item.current_period_start).toISOString(),
    currentPeriodEnd: date(item.current_period_end).toISOString(),
    discounts: item.discounts.map(idOf),
  };
}

function subscriptionDiscount(discount: string | Stripe.Discount): SubscriptionDiscount[] {
  if (typeof discount === 'string') return [];
  const { id, end, promotion_code: code, source } = discount;
  const coupon = typeof source.coupon === 'string' ? null : source.coupon;
  return [
    {
      id,
      couponId: source.coupon ? idOf(source.coupon) : null,
      promotionCodeId: code ? idOf(code) : null,
      percentOff: coupon?.percent_off ?? null,
      amountOff: coupon?.amount_off ?? null,
      currency: coupon?.currency ?? null,
      endsAt: date(end)?.toISOString() ?? null,
    },
  ];
}

function date(seconds: number): Date;
function date(seconds: number | null): Date | null;
function date(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1000);
}
