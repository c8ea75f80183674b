import { describe, expect, test } from 'vitest';
import { remainingTime, unusedTime } from './proration';

const period = { start: 0, end: 30 * 86_400 };

describe('prorations', () => {
  test('half a month gives half the price back', () => {
    expect(unusedTime({ amount: 2000, period }, 15 * 86_400)).toEqual({
      amount: -1000,
      period: { start: 15 * 86_400, end: period.end },
    });
  });

  test('a credit and a debit of one price at one moment cancel out, at every second tried', () => {
    for (let at = 0; at <= period.end; at += 12_347) {
      const charge = { amount: 1999, period };
      expect(unusedTime(charge, at).amount + remainingTime(charge, at).amount).toBe(0);
    }
  });

  test('a second is a second', () => {
    const charge = { amount: 2_592_000, period };
    expect(remainingTime(charge, period.end - 1).amount).toBe(1);
    expect(unusedTime(charge, 1).amount).toBe(-2_591_999);
  });

  test('a moment outside the period counts as its edge', () => {
    const charge = { amount: 2000, period };
    expect(unusedTime(charge, -5).amount).toBe(-2000);
    expect(unusedTime(charge, period.end + 5).amount).toBe(0);
  });
});
