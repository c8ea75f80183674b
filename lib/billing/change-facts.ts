import { z } from 'zod';
import { nextChange } from './json-columns';

// What a recorded change says of a row before and after it: the columns of the mirror as PostgreSQL
// writes them in JSON. Amounts are in the currency's smallest unit.

const date = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const subscriptionFacts = z.object({
  /** Stripe's id (sub_…). */
  id: z.string(),
  status: z.string(),
  /** The plan's name in the catalogue; null when the price is not one of ours. */
  plan: z.string().nullable(),
  priceId: z.string(),
  currency: z.string(),
  unitAmount: z.number().nullable(),
  quantity: z.number(),
  interval: z.string(),
  intervalCount: z.number(),
  currentPeriodStart: date,
  currentPeriodEnd: date,
  cancelAt: date.nullable(),
  endedAt: date.nullable(),
  trialEnd: date.nullable(),
  pauseBehavior: z.string().nullable(),
  resumesAt: date.nullable(),
  scheduleId: z.string().nullable(),
  /** Stripe's reason for the end: cancellation_requested, payment_failed or payment_disputed. */
  cancelReason: z.string().nullish(),
  /** What the person, or the app, wrote about it. */
  cancelComment: z.string().nullish(),
  /** The change of plan that is to come. */
  nextChange: nextChange.omit({ invoiceId: true }).extend({ at: date }).nullish(),
});

export const invoiceFacts = z.object({
  /** Stripe's id (in_…). */
  id: z.string(),
  subscriptionId: z.string().nullable(),
  status: z.string(),
  currency: z.string(),
  total: z.number(),
  amountPaid: z.number(),
  amountDue: z.number(),
  billingReason: z.string().nullable(),
  hostedInvoiceUrl: z.string().nullable(),
  nextAttemptAt: date.nullable(),
  attemptCount: z.number(),
  /** What was paid back; null when we have not asked yet. */
  amountRefunded: z.number().nullish(),
  /** Stripe's status of the dispute about it. */
  disputeStatus: z.string().nullish(),
  /** Why the last attempt failed. */
  failure: z.object({ code: z.string() }).nullish(),
});

export const eventFacts = z.object({ type: z.string(), createdAt: date });

export type SubscriptionFacts = z.infer<typeof subscriptionFacts>;
export type InvoiceFacts = z.infer<typeof invoiceFacts>;
export type EventFacts = z.infer<typeof eventFacts>;
