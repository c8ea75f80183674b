import type { InvoiceFacts, SubscriptionFacts } from './change-facts';
import type { InvoiceChangeKind, SubscriptionChangeKind } from './derive-changes';

/** Something that happened to somebody's billing, in the product's terms. */
export type BillingChange = {
  /** Stays the same however often this is delivered. */
  id: string;
  userId: string;
  /** Stripe's id of the customer (cus_…). */
  customerId: string;
  /** When we learnt of it, by the database's clock. */
  recordedAt: Date;
} & (
  | {
      kind: SubscriptionChangeKind;
      /** The subscription before; null when we did not know it. */
      before: SubscriptionFacts | null;
      after: SubscriptionFacts;
    }
  | { kind: InvoiceChangeKind; before: InvoiceFacts | null; after: InvoiceFacts }
);

export type ChangeKind = BillingChange['kind'];

/** Does something about a change. What it throws is logged, and it is called again later. */
export type ChangeHandler = (change: BillingChange) => Promise<void>;

/**
 * Calls `handler` for every change in somebody's billing: in the order in which they happened for each
 * customer, and once, except that a process which dies between the handler's work and our note of it
 * leads to another call with the same `id`. It is called after the response where there is one, and by
 * the scheduled run for what was left. One that throws holds up the later changes of that customer.
 *
 * Register handlers in lib/change-handlers.ts, which every process of the app runs at its start.
 *
 * @param name says which of the handlers has been told of what: stays the same for good
 */
export function onChange(name: string, handler: ChangeHandler): void {
  changeHandlers().set(name, handler);
}

/** Those that were registered, by name. Kept on globalThis, because Next bundles each route by itself. */
export function changeHandlers(): Map<string, ChangeHandler> {
  held.changeHandlers ??= new Map();
  return held.changeHandlers;
}

const held: typeof globalThis & { changeHandlers?: Map<string, ChangeHandler> } = globalThis;
