import { randomUUID } from 'node:crypto';
import { db } from '../../lib/db';
import type { Prisma } from '../../lib/generated/prisma/client';

export type InvoiceFacts = Partial<Prisma.InvoiceCreateManyInput>;

/** Gives somebody invoices from the past, of a customer of theirs that Stripe never hears of. */
export async function addInvoices(userId: string, invoices: readonly InvoiceFacts[]) {
  const { id: customerId } = await db().customer.create({
    data: { id: `cus_${randomUUID()}`, userId, livemode: false },
  });
  const usual = { status: 'paid', currency: 'usd', total: 900n, amountDue: 900n, amountPaid: 900n };
  await db().invoice.createMany({
    data: invoices.map((invoice) => ({
      ...usual,
      id: `in_${randomUUID()}`,
      customerId,
      createdAt: new Date('2026-01-15'),
      ...invoice,
    })),
  });
}
