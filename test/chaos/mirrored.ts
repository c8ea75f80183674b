import type { PrismaClient } from '@/lib/generated/prisma/client';
import { byId } from './truth';

/** What the database says of a customer, in the form of `truth`; null when it has no row. */
export async function mirrored(database: PrismaClient, id: string) {
  const found = await database.customer.findUnique({
    where: { id },
    include: { subscriptions: true, invoices: true },
  });
  if (!found) return null;
  const { userId, deleted, cardBrand, cardLast4, cardExpMonth, cardExpYear } = found;
  return plain({
    customer: { id, userId, deleted, cardBrand, cardLast4, cardExpMonth, cardExpYear },
    subscriptions: byId(found.subscriptions),
    invoices: byId(found.invoices),
  });
}

/** Dates as ISO 8601, amounts as numbers. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_, inner) =>
    typeof inner === 'bigint' ? Number(inner) : inner,
  );
  return JSON.parse(text);
}
