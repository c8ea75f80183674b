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
