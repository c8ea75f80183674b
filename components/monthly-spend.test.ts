import { expect, test } from 'vitest';
import { monthlySpend } from './monthly-spend';

const invoice = (day: string, amountPaid: number, currency = 'usd') => ({
  amountPaid,
  currency,
  createdAt: new Date(day),
});

test('payments of one month are one sum, and the newest month comes first', () => {
  const invoices = [
    invoice('2026-11-21', 4900),
    invoice('2026-11-02', 1200),
    invoice('2026-10-02', 1200),
  ];
  expect(monthlySpend(invoices, 'usd')).toEqual([
    { month: '2026-11', paid: 6100 },
    { month: '2026-10', paid: 1200 },
  ]);
});

test('a month without a payment between two with one is shown as nothing', () => {
  const invoices = [invoice('2027-01-31', 1200), invoice('2026-11-30', 1200)];
  expect(monthlySpend(invoices, 'usd')).toEqual([
    { month: '2027-01', paid: 1200 },
    { month: '2026-12', paid: 0 },
    { month: '2026-11', paid: 1200 },
  ]);
});

test('no more than the last twelve months are shown', () => {
  const invoices = [invoice('2026-11-21', 1200), invoice('2020-01-01', 1200)];
  const months = monthlySpend(invoices, 'usd');
  expect(months).toHaveLength(12);
  expect(months.at(-1)?.month).toBe('2025-12');
});

test('unpaid invoices and other currencies do not count', () => {
  const invoices = [invoice('2026-11-21', 0), invoice('2026-11-20', 900, 'eur')];
  expect(monthlySpend(invoices, 'usd')).toEqual([]);
});
