import { describe, expect, test } from 'vitest';
import { mergeTaxes, type TaxTerm, taxesOn, taxSum } from './tax-math';

function term(percentage: number, inclusive = false, rate = `txr_${percentage}`): TaxTerm {
  return { rate, percentage, inclusive, reason: 'not_available', isTaxed: true };
}

const amounts = (amount: number, ...terms: TaxTerm[]) =>
  taxesOn(amount, terms).map((tax) => [tax.amount, tax.taxable_amount]);

describe('taxes on an amount', () => {
  test.each<[string, number, TaxTerm[], (number | null)[][]]>([
    ['put on it', 2000, [term(19)], [[380, 2000]]],
    ['taken out of it', 2380, [term(19, true)], [[380, 2000]]],
    ['rounded half a cent up', 50, [term(19)], [[10, 50]]],
    ['rounded below half a cent down', 52, [term(19)], [[10, 52]]],
    ['given back with it, rounded alike', -50, [term(19)], [[-10, -50]]],
    [
      'of several rates, each on the amount',
      1000,
      [term(5), term(9.975)],
      [
        [50, 1000],
        [100, 1000],
      ],
    ],
    [
      'of several rates, taken out together',
      1130,
      [term(5, true), term(8, true)],
      [
        [50, 1000],
        [80, 1000],
      ],
    ],
    [
      'of both kinds, the one on what the other leaves',
      1190,
      [term(19, true), term(10)],
      [
        [190, 1000],
        [100, 1000],
      ],
    ],
    ['to four decimals of a per cent', 1_000_000, [term(8.8755)], [[88_755, 1_000_000]]],
    [
      'of nothing',
      0,
      [term(19), term(7, true)],
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'that are not due',
      1000,
      [{ ...term(19), isTaxed: false, reason: 'customer_exempt' }],
      [[0, 0]],
    ],
  ])('%s', (_case, amount, terms, taxes) => {
    expect(amounts(amount, ...terms)).toEqual(taxes);
  });

  test('add up by rate', () => {
    const taxes = [...taxesOn(100, [term(19), term(7, true)]), ...taxesOn(50, [term(19)])];
    expect(mergeTaxes(taxes)).toMatchObject([
      { amount: 28, taxable_amount: 143, tax_rate_details: { tax_rate: 'txr_19' } },
      { amount: 7, taxable_amount: 93, tax_rate_details: { tax_rate: 'txr_7' } },
    ]);
    expect([taxSum(taxes, 'exclusive'), taxSum(taxes, 'inclusive')]).toEqual([28, 7]);
  });
});
