import { expect, test } from 'vitest';
import { owedBy } from './owed';

const late = { id: 'sub_1', status: 'past_due' };
const open = {
  subscriptionId: late.id,
  status: 'open',
  amountDue: 1200,
  amountPaid: 0,
  currency: 'usd',
};
const person = { subscriptions: [late], invoices: [open] };

test('what is left of all open invoices of a late subscription is owed', () => {
  const invoices = [open, { ...open, amountDue: 4900, amountPaid: 900 }];
  const owed = { state: 'past_due', amount: 5200, currency: 'usd' };
  expect(owedBy({ ...person, invoices })).toEqual(owed);
});

test('invoices of another subscription and of one that goes on are not owed', () => {
  expect(owedBy({ ...person, invoices: [{ ...open, subscriptionId: null }] })).toBeNull();
  expect(owedBy({ ...person, subscriptions: [{ ...late, status: 'active' }] })).toBeNull();
  expect(owedBy({ ...person, invoices: [{ ...open, status: 'paid' }] })).toBeNull();
});
