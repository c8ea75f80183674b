import { expect, test } from 'vitest';
import { amountDue } from './amount-due';

const open = { status: 'open', total: 1200, amountPaid: 0, currency: 'usd' };

test('what is unpaid on all open invoices is due', () => {
  expect(amountDue([open, { ...open, total: 4900, amountPaid: 900 }], 'usd')).toBe(5200);
});

test('invoices that are paid, void or in another currency are not due', () => {
  const settled = { ...open, status: 'paid', amountPaid: 1200 };
  const invoices = [settled, { ...open, status: 'void' }, { ...open, currency: 'eur' }];
  expect(amountDue(invoices, 'usd')).toBe(0);
});
