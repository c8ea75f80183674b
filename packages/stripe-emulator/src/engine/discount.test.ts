import { describe, expect, test } from 'vitest';
import { type CouponTerms, discountEnd, discountLines } from './discount';

const terms: CouponTerms = {
  amount_off: null,
  percent_off: null,
  currency: null,
  duration: 'forever',
  duration_in_months: null,
};
const line = (amount: number, product = 'prod_a') => ({ amount, discountable: true, product });

describe('discounts', () => {
  test('a percentage comes off every line and adds up', () => {
    const half = { discount: 'di_1', coupon: { ...terms, percent_off: 50 } };
    expect(discountLines([line(1001), line(1000)], [half], 'usd')).toEqual([
      [{ amount: 501, discount: 'di_1' }],
      [{ amount: 500, discount: 'di_1' }],
    ]);
  });

  test('an amount is shared over the lines and never takes more than there is', () => {
    const ten = { discount: 'di_1', coupon: { ...terms, amount_off: 1000, currency: 'usd' } };
    const [a, b] = discountLines([line(3000), line(1000)], [ten], 'usd');
    expect([a, b]).toEqual([
      [{ amount: 750, discount: 'di_1' }],
      [{ amount: 250, discount: 'di_1' }],
    ]);
    expect(discountLines([line(400)], [ten], 'usd')).toEqual([[{ amount: 400, discount: 'di_1' }]]);
  });

  test('a second coupon takes from what the first left', () => {
    const half = { discount: 'di_1', coupon: { ...terms, percent_off: 50 } };
    const tenth = { discount: 'di_2', coupon: { ...terms, percent_off: 10 } };
    expect(discountLines([line(1000)], [half, tenth], 'usd')).toEqual([
      [
        { amount: 500, discount: 'di_1' },
        { amount: 50, discount: 'di_2' },
      ],
    ]);
  });

  test('a coupon for some products leaves the others alone, and credits are never discounted', () => {
    const coupon = { ...terms, percent_off: 10, applies_to: { products: ['prod_a'] } };
    const lines = [line(1000), line(1000, 'prod_b'), line(-1000)];
    expect(discountLines(lines, [{ discount: 'di_1', coupon }], 'usd')).toEqual([
      [{ amount: 100, discount: 'di_1' }],
      [],
      [],
    ]);
  });

  test('an amount in another currency is used where the coupon has it', () => {
    const coupon = {
      ...terms,
      amount_off: 1000,
      currency: 'usd',
      currency_options: { eur: { amount_off: 900 } },
    };
    expect(discountLines([line(5000)], [{ discount: 'di_1', coupon }], 'eur')).toEqual([
      [{ amount: 900, discount: 'di_1' }],
    ]);
  });

  test('a repeating discount ends after its calendar months', () => {
    const start = Date.parse('2027-01-31T00:00:00Z') / 1000;
    const repeating = { ...terms, duration: 'repeating', duration_in_months: 1 };
    expect(discountEnd(repeating, start)).toBe(Date.parse('2027-02-28T00:00:00Z') / 1000);
    expect(discountEnd(terms, start)).toBeNull();
  });
});
