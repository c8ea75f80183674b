import { describe, expect, test } from 'vitest';
import { CARD_NUMBERS } from './test-card-numbers';
import { TEST_TOKENS } from './test-card-tokens';
import { cardByFingerprint, cardFingerprint, testCard, testToken } from './test-cards';

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

  test('every number passes the check that card numbers have', () => {
    for (const number of CARD_NUMBERS.keys())
      expect([number, isLuhn(number)]).toEqual([number, true]);
  });

  test('every published id stands for a published number, as a token too', () => {
    for (const name of TEST_TOKENS.keys()) {
      for (const id of [`pm_card_${name}`, `tok_${name}`]) {
        expect([id, testCard(testToken(id)?.number ?? '')]).toEqual([id, expect.anything()]);
      }
    }
    expect(testToken('pm_card_chargeCustomerFail')?.card.decline).toBe('generic_decline');
    expect(testToken('pm_card_unheard_of')).toBeUndefined();
  });

  test.each([
    ['pm_card_ar', { brand: 'visa', country: 'AR' }],
    ['pm_card_th_debit', { country: 'TH', funding: 'debit' }],
    ['tok_gb_mastercard', { brand: 'mastercard', country: 'GB' }],
    ['tok_visa_chargeCustomerFailLostCard', { decline: 'lost_card' }],
    ['pm_card_visa_chargeDeclinedFraudulent', { decline: 'fraudulent', declinesSetup: true }],
  ])('%s is the card that its name says', (id, card) => {
    expect(testToken(id)?.card).toMatchObject(card);
  });
});

function isLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
