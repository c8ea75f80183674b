import { expect, it } from 'vitest';
import { mostImportant } from './subscription-status';

it('says the same of subscriptions of the same second, in whatever order they are given', () => {
  const createdAt = new Date('2026-11-25T10:00:00Z');
  const two = ['sub_1', 'sub_2'].map((id) => ({ id, status: 'active', createdAt }));
  expect(mostImportant(two.toReversed())).toEqual(mostImportant(two));
});
