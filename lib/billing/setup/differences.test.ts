import { describe, expect, it } from 'vitest';
import { differences } from './differences';

describe('differences', () => {
  it('are none where everything desired is there, whatever else is', () => {
    expect(
      differences(
        { name: 'Pro', nested: { on: true } },
        {
          ...{ id: 'prod_1', name: 'Pro' },
          nested: { on: true, more: 1 },
        },
      ),
    ).toEqual([]);
  });

  it('name the field, what is there and what should be', () => {
    expect(differences({ features: { cancel: { enabled: true } } }, { features: {} })).toEqual([
      'features.cancel.enabled: nothing → true',
    ]);
  });

  it('take lists as sets', () => {
    expect(differences({ to: ['a', 'b'] }, { to: ['b', 'a'] })).toEqual([]);
    expect(differences({ to: ['a', 'b'] }, { to: ['b'] })).toHaveLength(1);
  });

  it('compare records in lists by the fields that are desired', () => {
    const desired = { products: [{ product: 'p', prices: ['1', '2'] }] };
    const there = { product: 'p', prices: ['2', '1'], adjustable_quantity: null };
    expect(differences(desired, { products: [there] })).toEqual([]);
    expect(differences(desired, { products: [{ ...there, prices: ['2'] }] })).toHaveLength(1);
    expect(differences(desired, { products: [there, { product: 'q', prices: [] }] })).toHaveLength(
      1,
    );
  });
});
