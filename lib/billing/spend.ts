import type { SessionUser } from '../auth/session';
import { startOfMonth, wallClock } from '../calendar';
import { query } from '../db';
import { Prisma } from '../generated/prisma/client';

/** What was paid, and not paid back, in each of at most twelve months. */
export type Spend = {
  /** When each month begins; the newest is the last. Those without a payment between others are included. */
  months: Date[];
  /** For each month, in the currency's smallest unit. The currency of the newest payment comes first. */
  currencies: { currency: string; paid: number[] }[];
};

/** How many months have to have a payment for a comparison to say something. */
const ENOUGH = 3;

/**
 * What somebody spent in the months up to their newest invoice, summed up by the database.
 *
 * @param newest when that invoice was created
 * @returns null when there is too little to compare
 */
export async function spendByMonth(
  user: Pick<SessionUser, 'id'>,
  newest: Date,
  timeZone: string,
): Promise<Spend | null> {
  const then = wallClock(newest, timeZone);
  const starts = Array.from({ length: 12 }, (_, index) =>
    startOfMonth(then.getUTCFullYear(), then.getUTCMonth() - 11 + index, timeZone),
  );
  const sums = await query<{ currency: string; month: number; paid: bigint }>(Prisma.sql`
    SELECT invoice.currency, width_bucket(invoice."createdAt", ${starts}::timestamptz[]) - 1 AS month,
      sum(CASE WHEN invoice."disputeStatus" = 'lost' THEN 0
        ELSE invoice."amountPaid" - COALESCE(invoice."amountRefunded", 0) END)::bigint AS paid
    FROM "Invoice" AS invoice JOIN "Customer" AS customer ON customer.id = invoice."customerId"
    WHERE customer."userId" = ${user.id} AND invoice."amountPaid" > 0
      AND invoice."createdAt" >= ${starts[0]}
    GROUP BY 1, 2 ORDER BY 2 DESC, 1`);
  const paying = sums.filter(({ paid }) => paid > 0).map(({ month }) => month);
  if (new Set(paying).size < ENOUGH) return null;
  const first = Math.min(...paying);
  const months = starts.slice(first, Math.max(...paying) + 1);
  const currencies = [...new Set(sums.map(({ currency }) => currency))].map((currency) => {
    const own = sums.filter((sum) => sum.currency === currency);
    const paid = months.map(
      (_, index) => own.find(({ month }) => month === first + index)?.paid ?? 0n,
    );
    return { currency, paid: paid.map(Number) };
  });
  return { months, currencies };
}
