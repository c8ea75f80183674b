import { z } from 'zod';
import { type Invoice, Prisma, type Subscription } from '../generated/prisma/client';
import { isOwing, type OwingStatus, owingStatuses } from './subscription-status';

/** What somebody has to pay for their plan to go on, or to begin. */
export type Owed = {
  /** The subscription's status, and a row of the table of circumstances. */
  state: OwingStatus;
  /** In the currency's smallest unit. */
  amount: number;
  currency: string;
};

const due = z.object({
  subscriptionId: z.string().nullable(),
  status: z.string(),
  amountDue: z.number(),
  amountPaid: z.number(),
  currency: z.string(),
});

/** What {@link owedBy} needs of a customer. */
export const owedColumns = z.object({
  subscriptions: z.array(z.object({ id: z.string(), status: z.string() })),
  invoices: z.array(due),
});

/** SQL: the subscriptions of a customer that something may be owed for, as JSON, the newest first. */
export function owingSubscriptions(customer: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT jsonb_build_object('id', id, 'status', status) FROM "Subscription"
    WHERE "customerId" = ${customer} AND status = ANY(${[...owingStatuses]})
    ORDER BY "createdAt" DESC`;
}

/** SQL: what is open of a customer, as JSON. */
export function openInvoices(customer: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT to_jsonb(invoice) FROM "Invoice" AS invoice
    WHERE "customerId" = ${customer} AND status = 'open'`;
}

/** What a customer owes for a subscription; null when nothing is open. */
export function owedBy({ subscriptions, invoices }: z.infer<typeof owedColumns>): Owed | null {
  const owed = subscriptions.map((each) => owedFor(each, invoices));
  return owed.find((each) => each !== null) ?? null;
}

/** What is open for one subscription; null when nothing is, or when paying would not revive it. */
export function owedFor(
  { id, status }: Pick<Subscription, 'id' | 'status'>,
  invoices: readonly Due[],
): Owed | null {
  const [first, ...others] = openOf(id, invoices);
  if (!first || !isOwing(status)) return null;
  const amount = [first, ...others].reduce((sum, each) => sum + leftOf(each), 0);
  return { state: status, amount, currency: first.currency };
}

/** Amounts are bigint where Prisma read them, and number where they come from JSON. */
type Due = Pick<Invoice, 'subscriptionId' | 'status' | 'currency'> & {
  amountDue: bigint | number;
  amountPaid: bigint | number;
};

/** The open invoices of a subscription. */
export function openOf<Row extends Pick<Invoice, 'subscriptionId' | 'status'>>(
  subscription: string,
  invoices: readonly Row[],
): Row[] {
  return invoices.filter(
    ({ subscriptionId, status }) => subscriptionId === subscription && status === 'open',
  );
}

function leftOf({ amountDue, amountPaid }: Due): number {
  return Number(amountDue) - Number(amountPaid);
}
