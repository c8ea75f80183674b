import { expect, test } from 'vitest';
import { findMessage } from './words';
import { english } from './words/english';

test('nobody is promised a receipt, because none is sent', () => {
  expect(findMessage(english.notices, 'subscribed')?.detail).not.toMatch(/receipt|e-?mail/i);
});

test('a key that is not ours shows nothing', () => {
  for (const key of ['constructor', '__proto__', 'canceled', '', undefined, ['canceling']]) {
    expect(findMessage(english.notices, key)).toBeNull();
  }
});
