import { expect, it } from 'vitest';
import { callerAddress } from './caller-address';

it('takes the socket and nothing else when no proxy is trusted', () => {
  expect(callerAddress('203.0.113.7', '1.2.3.4', 0)).toBe('203.0.113.7');
  expect(callerAddress('203.0.113.7', undefined, 0)).toBe('203.0.113.7');
});

it('takes what the first trusted proxy heard, whatever was forged before it', () => {
  expect(callerAddress('10.0.0.1', 'forged, 203.0.113.7', 1)).toBe('203.0.113.7');
  expect(callerAddress('10.0.0.1', 'forged, 203.0.113.7, 10.0.0.2', 2)).toBe('203.0.113.7');
});

it('takes the first of the chain when it is shorter than the proxies', () => {
  expect(callerAddress('10.0.0.1', undefined, 2)).toBe('10.0.0.1');
});

it('writes an IPv4 address the same however it arrived', () => {
  expect(callerAddress('::ffff:203.0.113.7', undefined, 0)).toBe('203.0.113.7');
});

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('counts all of an IPv6 network as one caller: %s', (address, expected) => {
  expect(callerAddress(address, undefined, 0)).toBe(expected);
});
