import { testCard } from '../../engine/test-cards';
import type { PostedForm } from './posted-form';

/** A test card as typed, on its way into a payment method. Never kept, logged or shown. */
export interface CardInput {
  number: string;
  exp_month: number;
  exp_year: number;
  cvc: string;
  name: string;
}

/** The names of the fields that nobody but the card's issuer may keep. */
export const CARD_FIELDS: ReadonlySet<string> = new Set(['card_number', 'expiration', 'cvc']);

export type CardField = 'number' | 'expiration' | 'cvc' | 'name';
export type CardErrors = Partial<Record<CardField, string>>;

/** What may be shown again after a mistake: never the number, never the security code. */
export interface CardKept {
  expiration: string;
  name: string;
}

export type CardResult = { card: CardInput } | { errors: CardErrors };

const ONLY_TEST_CARDS =
  'Your card was declined. This emulator accepts only test cards such as 4242 4242 4242 4242, and no real ones.';

/** @param now Unix seconds, by which the card must not have expired */
export function parseCard(form: PostedForm, now: number): CardResult {
  const number = form.text('card_number').replace(/[\s-]/g, '');
  const cvc = form.text('cvc');
  const name = form.text('name');
  const expiration = parseExpiration(form.text('expiration'), now);
  const errors: CardErrors = {};
  const badNumber = numberError(number);
  if (badNumber) errors.number = badNumber;
  if (typeof expiration === 'string') errors.expiration = expiration;
  if (!/^\d{3,4}$/.test(cvc)) errors.cvc = "Your card's security code is incomplete.";
  if (name === '') errors.name = 'The name on the card is missing.';
  if (typeof expiration === 'string' || Object.keys(errors).length > 0) return { errors };
  return { card: { number, ...expiration, cvc, name } };
}

export function keptOf(form: PostedForm): CardKept {
  return { expiration: form.text('expiration', 9), name: form.text('name') };
}

function numberError(number: string): string | undefined {
  if (!/^\d{13,19}$/.test(number)) return 'Your card number is incomplete.';
  if (!passesLuhn(number)) return 'Your card number is invalid.';
  return testCard(number) ? undefined : ONLY_TEST_CARDS;
}

function parseExpiration(
  text: string,
  now: number,
): { exp_month: number; exp_year: number } | string {
  const [, month, year] = /^(\d{1,2})\s*\/?\s*(\d{2}|\d{4})$/.exec(text) ?? [];
  if (!month || !year) return "Your card's expiration date is incomplete.";
  const exp_month = Number(month);
  const exp_year = year.length === 2 ? 2000 + Number(year) : Number(year);
  if (exp_month < 1 || exp_month > 12) return "Your card's expiration date is invalid.";
  const end = Date.UTC(exp_year, exp_month, 1) / 1000;
  if (end <= now) return "Your card's expiration date is in the past.";
  return { exp_month, exp_year };
}

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
