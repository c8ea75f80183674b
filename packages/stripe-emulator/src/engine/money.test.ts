import { describe, expect, test } from 'vitest';
import { allocate, percentOf, priceAmount, share } from './money';

const plain = { unit_amount: 1999, unit_amount_decimal: '1999' };

describe('price amounts', () => {
  test('quantities multiply the unit amount', () => {
    expect(priceAmount(plain, 3)).toBe(5997);
    expect(priceAmount(plain, 0)).toBe(0);
  });

  test('fractions of a cent are added up before rounding', () => {
    expect(priceAmount({ unit_amount: null, unit_amount_decimal: '0.005' }, 100)).toBe(1);
    expect(priceAmount({ unit_amount: null, unit_amount_decimal: '0.005' }, 99)).toBe(0);
  });

  test('packages round the way the price says', () => {
    const packages = { ...plain, unit_amount: 100, unit_amount_decimal: '100' };
    const up = { ...packages, transform_quantity: { divide_by: 10, round: 'up' } };
    const down = { ...packages, transform_quantity: { divide_by: 10, round: 'down' } };
    expect([priceAmount(up, 11), priceAmount(down, 19)]).toEqual([200, 100]);
  });

  test('graduated tiers charge each step, volume tiers only the last', () => {
    const step = { flat_amount: null, flat_amount_decimal: null };
    const tiers = [
      { ...step, up_to: 5, unit_amount: 700, unit_amount_decimal: '700' },
      { ...step, up_to: null, unit_amount: 500, unit_amount_decimal: '500', flat_amount: 50 },
    ];
    const rate = { unit_amount: null, unit_amount_decimal: null, tiers };
    expect(priceAmount({ ...rate, tiers_mode: 'graduated' }, 7)).toBe(5 * 700 + 2 * 500 + 50);
    expect(priceAmount({ ...rate, tiers_mode: 'volume' }, 7)).toBe(7 * 500 + 50);
    expect(priceAmount({ ...rate, tiers_mode: 'graduated' }, 5)).toBe(3500);
  });
});

describe('shares', () => {
  test('halves round away from zero, the same for credits and debits', () => {
    expect([share(1, 1, 2), share(-1, 1, 2), share(5, 1, 3)]).toEqual([1, -1, 2]);
  });

  test('large amounts lose nothing', () => {
    expect(share(99_999_999_999, 31_535_999, 31_536_000)).toBe(99_999_996_828);
  });

  test('percentages keep four decimals', () => {
    expect([percentOf(2000, 25), percentOf(999, 33.3333), percentOf(1001, 50)]).toEqual([
      500, 333, 501,
    ]);
  });

  test('an allocation adds up to its total', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(10, [0, 0])).toEqual([0, 0]);
  });
});
