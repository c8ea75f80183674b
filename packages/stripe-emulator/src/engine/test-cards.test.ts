import { describe, expect, test } from 'vitest';
import { cardByFingerprint, cardFingerprint, numberOfToken, testCard } from './test-cards';

describe('test cards', () => {
  test('a published number is taken with spaces or dashes, any other is not', () => {
    expect(testCard('4242 4242-4242 4242')?.brand).toBe('visa');
    expect(testCard('4111111111111111')).toBeUndefined();
  });

  test('a fingerprint finds the behaviour again and does not contain the number', () => {
    const fingerprint = cardFingerprint('4000 0000 0000 9995');
    expect(fingerprint).toMatch(/^[A-Za-z0-9]{16}$/);
    expect(cardByFingerprint(fingerprint).decline).toBe('insufficient_funds');
    expect(cardByFingerprint(null).decline).toBeUndefined();
  });

  test('every published token stands for a published number', () => {
    const number = numberOfToken('pm_card_chargeCustomerFail');
    expect(number && testCard(number)?.decline).toBe('generic_decline');
    expect(numberOfToken('pm_card_unheard_of')).toBeUndefined();
  });
});
