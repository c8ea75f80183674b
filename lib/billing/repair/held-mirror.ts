import { db } from '../../db';
import type { Mirror } from '../mirror/read';

/** What our database says of a customer, in the form in which Stripe is read; null for a stranger. */
export async function heldMirror(customerId: string): Promise<Required<Mirror> | null> {
  const found = await db().customer.findUnique({
    where: { id: customerId },
    relationLoadStrategy: 'join',
    include: { subscriptions: true, invoices: true },
  });
  if (!found) return null;
  const { deleted, cardBrand, cardLast4, cardExpMonth, cardExpYear, entitlements } = found;
  return {
    customer: { deleted, cardBrand, cardLast4, cardExpMonth, cardExpYear },
    entitlements,
    subscriptions: found.subscriptions.map((row) => ({
      ...row,
      unitAmount: row.unitAmount === null ? null : Number(row.unitAmount),
    })),
    invoices: found.invoices.map((row) => ({
      ...row,
      total: Number(row.total),
      amountPaid: Number(row.amountPaid),
      amountDue: Number(row.amountDue),
    })),
  };
}
