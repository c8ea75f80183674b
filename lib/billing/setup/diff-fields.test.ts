import { expect, it } from 'vitest';
import { diffFields } from './diff-fields';

it('finds no difference when every desired field is right, whatever else is there', () => {
  const desired = { name: 'A plan', nested: { on: true } };
  const actual = { id: 'prod_1', name: 'A plan', nested: { on: true, more: 1 } };
  expect(diffFields(desired, actual)).toEqual([]);
});

it('names the field, what is there and what should be', () => {
  expect(diffFields({ features: { cancel: { enabled: true } } }, { features: {} })).toEqual([
    'features.cancel.enabled: nothing → true',
  ]);
});

it('compares lists as sets', () => {
  expect(diffFields({ to: ['a', 'b'] }, { to: ['b', 'a'] })).toEqual([]);
  expect(diffFields({ to: ['a', 'b'] }, { to: ['b'] })).toHaveLength(1);
});

it('compares records in lists by the desired fields', () => {
  const desired = { products: [{ product: 'p', prices: ['1', '2'] }] };
  const actual = { product: 'p', prices: ['2', '1'], adjustable_quantity: null };
  expect(diffFields(desired, { products: [actual] })).toEqual([]);
  expect(diffFields(desired, { products: [{ ...actual, prices: ['2'] }] })).toHaveLength(1);
  expect(diffFields(desired, { products: [actual, { product: 'q', prices: [] }] })).toHaveLength(1);
});
