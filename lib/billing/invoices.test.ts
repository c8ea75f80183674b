import { expect, it } from 'vitest';
import { createUser } from '@/test/support/integration';
import { addInvoices, type InvoiceFacts } from '@/test/support/invoices';
import { invoiceHistory, invoiceSearch } from './invoices';

it('invoices are paged by the year of the reader’s time zone, and found by a part of their number', async () => {
  const reader = await withInvoices([
    { number: 'A-0001', createdAt: new Date('2024-05-01') },
    { number: 'A-0002', createdAt: new Date('2025-12-31T23:30:00Z') },
    { number: 'A-0003', createdAt: new Date('2026-02-01') },
    { number: null, status: 'draft', createdAt: new Date('2026-03-01') },
  ]);
  await withInvoices([{ number: 'A-0001', createdAt: new Date('2026-01-01') }]);

  expect(await reader({})).toEqual({ years: [2026, 2025, 2024], year: 2026, numbers: ['A-0003'] });
  expect((await reader({ year: '2025' })).numbers).toEqual(['A-0002']);
  expect((await reader({ year: '2025' }, 'Europe/Berlin')).numbers).toEqual([]);
  expect((await reader({}, 'Europe/Berlin')).numbers).toEqual(['A-0003', 'A-0002']);
  expect(await reader({ number: ' a-0001 ' })).toMatchObject({ year: null, numbers: ['A-0001'] });
  expect((await reader({ year: ['2025'], page: '-1', number: ['x'] })).numbers).toEqual(['A-0002']);
  expect((await reader({ year: 'never', page: '1e99' })).year).toBe(2026);
});

it('a year with many invoices is shown in several pages, and each invoice once', async () => {
  const many = Array.from({ length: 120 }, (_, index) => ({ number: `B-${index}` }));
  const reader = await withInvoices(many);
  const pages = [await reader({}), await reader({ page: '2' }), await reader({ page: '3' })];
  expect(pages.map(({ numbers }) => numbers?.length)).toEqual([50, 50, 20]);
  expect(new Set(pages.flatMap(({ numbers }) => numbers)).size).toBe(120);
});

it('what was paid back or paid from credit is told apart', async () => {
  const { history } = await invoicesOf([
    { total: 900n, amountPaid: 900n, amountRefunded: 900n, createdAt: new Date('2026-05-01') },
    { total: 900n, amountPaid: 900n, amountRefunded: 200n, createdAt: new Date('2026-04-01') },
    { total: 900n, amountDue: 300n, amountPaid: 300n, createdAt: new Date('2026-03-01') },
    { total: -500n, amountDue: 0n, amountPaid: 0n, createdAt: new Date('2026-02-01') },
  ]);
  const all = (await history({}))?.invoices ?? [];
  expect(all.map(({ total, fromCredit, refunded }) => [total, fromCredit, refunded])).toEqual([
    [900, 0, { amount: 900, extent: 'all' }],
    [900, 0, { amount: 200, extent: 'some' }],
    [900, 600, { amount: 0, extent: 'none' }],
    [-500, 0, { amount: 0, extent: 'none' }],
  ]);
});

it('payments of a month are one sum for each currency, without what was paid or charged back', async () => {
  const paid = (day: string, amountPaid: bigint, more: InvoiceFacts = {}) => ({
    amountPaid,
    createdAt: new Date(day),
    ...more,
  });
  const { history } = await invoicesOf([
    paid('2025-01-01', 100n),
    paid('2026-01-31T23:30:00Z', 1200n),
    paid('2026-03-10', 4900n),
    paid('2026-03-20', 700n, { amountRefunded: 200n }),
    paid('2026-04-20', 700n, { disputeStatus: 'lost' }),
    paid('2026-05-20', 300n, { currency: 'eur' }),
    paid('2026-06-20', 0n),
  ]);
  const spend = (await history({}))?.spend;
  expect(spend?.months.map((month) => month.toISOString().slice(0, 7))).toEqual(
    ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'], // from the first payment to the last
  );
  expect(spend?.currencies).toEqual([
    { currency: 'eur', paid: [0, 0, 0, 0, 300] },
    { currency: 'usd', paid: [1200, 0, 5400, 0, 0] },
  ]);
  const there = (await history({}, 'Asia/Kolkata'))?.spend;
  expect(there?.months[0]).toEqual(new Date('2026-01-31T18:30:00Z'));
  expect(there?.currencies[1]?.paid).toEqual([1200, 5400, 0, 0]);
});

it('payments in fewer than three months are not compared', async () => {
  const { history } = await invoicesOf([
    { amountPaid: 900n, createdAt: new Date('2026-01-01') },
    { amountPaid: 900n, createdAt: new Date('2026-02-01') },
    { amountPaid: 900n, createdAt: new Date('2026-02-02') },
  ]);
  expect((await history({}))?.spend).toBeNull();
});

it('who has no invoice has no history', async () => {
  const { history } = await invoicesOf([]);
  expect(await history({})).toBeNull();
});

type Ask = Record<string, unknown>;

async function invoicesOf(rows: readonly InvoiceFacts[]) {
  const user = await createUser();
  await addInvoices(user.id, rows);
  const history = (query: Ask, timeZone = 'UTC') =>
    invoiceHistory(user, invoiceSearch.parse(query), timeZone);
  return { history };
}

async function withInvoices(rows: readonly InvoiceFacts[]) {
  const { history } = await invoicesOf(rows);
  return async (query: Ask, timeZone?: string) => {
    const found = await history(query, timeZone);
    const numbers = found?.invoices.map(({ number }) => number);
    return { years: found?.years, year: found?.year, numbers };
  };
}
