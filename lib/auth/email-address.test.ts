import { expect, it } from 'vitest';
import { parseEmailAddress } from './email-address';

it.each([
  ['ada@example.com', 'ada@example.com'],
  ['  Ada.Lovelace+news@Example.COM ', 'ada.lovelace+news@example.com'],
])('knows %j as %s', (given, expected) => {
  expect(parseEmailAddress(given)).toBe(expected);
});

it.each([
  '0 <victim@example.com>',
  'x <a@example.com>',
  'a,evil@evil.example',
  'a@example.com,b@example.com',
  'a@example.com b@example.com',
  'a@b@example.com',
  '"a b"@example.com',
  'a@example.com\nBcc: b@example.com',
  'a\0@example.com',
  'a@example',
  `${'a'.repeat(250)}@example.com`,
  '',
  null,
  ['ada@example.com'],
])('refuses %j', (given) => {
  expect(parseEmailAddress(given)).toBeNull();
});
