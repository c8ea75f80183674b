import { expect, test } from 'vitest';
import { findNotice } from './notices';

test('nobody is promised a receipt, because none is sent', () => {
  expect(findNotice('subscribed')?.detail).not.toMatch(/receipt|e-?mail/i);
});

test('a key that is not ours shows nothing', () => {
  for (const key of ['constructor', '__proto__', 'canceled', '', undefined, ['canceling']]) {
    expect(findNotice(key)).toBeNull();
  }
});
