import { z } from 'zod';
import type { SessionUser } from '../auth/session';
import { startOfMonth, yearIn } from '../calendar';
import { db } from '../db';
import type { Invoice } from '../generated/prisma/client';
import { isDecided } from './payment-failure';
import { type Spend, spendByMonth } from './spend';

export type InvoiceView = {
  id: string;
  number: string | null;
  status: string;
  /** In the currency's smallest unit, like the two below. Negative when it gives credit. */
  total: number;
  /** How much of it was paid from credit. */
  fromCredit: number;
  /** How much was paid back: nothing, some of what was paid, or all. */
  refunded: { amount: number; extent: 'none' | 'some' | 'all' };
  /** Whether the bank is asked to take the payment back, or has done so. */
  dispute: 'open' | 'lost' | null;
  currency: string;
  createdAt: Date;
  hostedUrl: string | null;
  pdfUrl: string | null;
};

/** What the query of the billing page asks for; what it does not understand is left out. */
export const invoiceSearch = z.object({
  year: z.coerce.number().int().catch(0),
  /** A part of the number, whatever the year. */
  number: z.string().trim().max(100).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export type InvoiceSearch = z.infer<typeof invoiceSearch>;

export type InvoiceHistory = {
  /** How many there are in all. */
  count: number;
  /** From the newest invoice to the oldest. */
  years: number[];
  /** Whose invoices these are; null for what was found by number. */
  year: number | null;
  /** Newest first. */
  invoices: InvoiceView[];
  hasMore: boolean;
  spend: Spend | null;
};

const PER_PAGE = 50;

/** One page of somebody's invoices, from our own database. @returns null when there are none at all */
export async function invoiceHistory(
  user: Pick<SessionUser, 'id'>,
  { year: asked, number, page }: InvoiceSearch,
  timeZone: string,
): Promise<InvoiceHistory | null> {
  const where = { customer: { userId: user.id }, status: { not: 'draft' } };
  const {
    _count: count,
    _min: { createdAt: oldest },
    _max: { createdAt: newest },
  } = await db().invoice.aggregate({
    where,
    _count: true,
    _min: { createdAt: true },
    _max: { createdAt: true },
  });
  if (!oldest || !newest) return null;
  const last = yearIn(newest, timeZone);
  const years = Array.from(
    { length: last - yearIn(oldest, timeZone) + 1 },
    (_, index) => last - index,
  );
  const year = number ? null : (years.find((each) => each === asked) ?? last);
  const filter =
    year === null
      ? { number: { contains: number, mode: 'insensitive' as const } }
      : {
          createdAt: {
            gte: startOfMonth(year, 0, timeZone),
            lt: startOfMonth(year, 12, timeZone),
          },
        };
  const [rows, spend] = await Promise.all([
    db().invoice.findMany({
      where: { ...where, ...filter },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * PER_PAGE,
      take: PER_PAGE + 1,
    }),
    spendByMonth(user, newest, timeZone),
  ]);
  const invoices = rows.slice(0, PER_PAGE).map(invoiceView);
  return { count, years, year, invoices, hasMore: rows.length > PER_PAGE, spend };
}

function invoiceView(invoice: Invoice): InvoiceView {
  const [total, due, paid, refunded] = [
    Number(invoice.total),
    Number(invoice.amountDue),
    Number(invoice.amountPaid),
    Number(invoice.amountRefunded ?? 0),
  ];
  return {
    id: invoice.id,
    number: invoice.number,
    status: invoice.status,
    total,
    fromCredit: invoice.status === 'paid' && total > 0 ? Math.max(0, total - due) : 0,
    refunded: {
      amount: refunded,
      extent: refunded === 0 ? 'none' : refunded < paid ? 'some' : 'all',
    },
    dispute: disputeOf(invoice),
    currency: invoice.currency,
    createdAt: invoice.createdAt,
    hostedUrl: invoice.hostedInvoiceUrl,
    pdfUrl: invoice.invoicePdf,
  };
}

function disputeOf({ disputeStatus: status }: Invoice): InvoiceView['dispute'] {
  if (!status) return null;
  if (isDecided(status)) return status === 'lost' ? 'lost' : null;
  return 'open';
}
