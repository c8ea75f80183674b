import { db } from '../../db';
import type { Mirror } from './rows';

/** What our database says about a customer, in the form in which Stripe is read; null for a stranger. */
export async function storedMirror(customerId: string): Promise<Required<Mirror> | null> {
  const found = await db().customer.findUnique({
    where: { id: customerId },
    relationLoadStrategy: 'join',
    include: { subscriptions: true, invoices: true },
  });
  if (!found) return null;
  const { deleted, cardBrand, cardLast4, cardExpMonth, cardExpYear } = found;
  return {
    customer: { deleted, cardBrand, cardLast4, cardExpMonth, cardExpYear },
    subscriptions: found.subscriptions.map((row) => ({
      ...row,
      unitAmount: row.unitAmount === null ? null : Number(row.unitAmount),
    })),
    invoices: found.invoices.map((row) => ({
      ...row,
      total: Number(row.total),
      amountPaid: Number(row.amountPaid),
      amountDue: Number(row.amountDue),
      amountRefunded: row.amountRefunded === null ? null : Number(row.amountRefunded),
    })),
  };
}
