import type { Context } from '../core/context';
import { cardRefused, invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { type MetadataChange, mergeMetadata } from '../core/metadata';
import type { PaymentMethod } from './objects';
import { cardFingerprint, type TestCard, testCard, testToken } from './test-cards';

/** A card as somebody types it. The number is looked at and let go of. */
export interface CardInput {
  number: string;
  exp_month: number;
  exp_year: number;
  cvc?: string;
}

export interface PaymentMethodDetails {
  allow_redisplay?: 'always' | 'limited' | 'unspecified';
  billing_details?: Partial<PaymentMethod['billing_details']>;
  metadata?: MetadataChange;
}

/**
 * A new payment method for a published test id or token; undefined for an id that is neither.
 * @throws StripeError for what looks like a test id and is none that the emulator has
 */
export function fromToken(
  ctx: Context,
  token: string,
  details: PaymentMethodDetails = {},
): PaymentMethod | undefined {
  const known = testToken(token);
  if (known) {
    const year = new Date(ctx.now * 1000).getUTCFullYear() + 4;
    const input = { number: known.number, exp_month: 12, exp_year: year, cvc: '123' };
    return insertCard(ctx, known.card, input, details, token);
  }
  if (!/^(pm_card|pm_usBankAccount|pm_sepaDebit|tok)_/.test(token)) return undefined;
  throw invalidRequest(
    `The emulator does not have the test id '${token}'. It has those that Stripe publishes for cards, see https://docs.stripe.com/testing.`,
    'payment_method',
    'resource_missing',
  );
}

/**
 * Makes a payment method of a card. Only Stripe's published test numbers are taken.
 * @throws StripeError `card_error` as Stripe refuses a wrong number, expiry or security code
 */
export function createCard(
  ctx: Context,
  input: CardInput,
  details: PaymentMethodDetails = {},
): PaymentMethod {
  const number = input.number.replace(/[\s-]/g, '');
  checkCard(ctx, number, input);
  const card = testCard(number);
  if (card) return insertCard(ctx, card, { ...input, number }, details);
  throw cardRefused(
    'Your card was declined. The emulator takes only the test card numbers that Stripe publishes, and this is none of them. See https://docs.stripe.com/testing.',
    'card_declined',
    { decline_code: 'test_mode_live_card' },
  );
}

function insertCard(
  ctx: Context,
  card: TestCard,
  input: CardInput,
  details: PaymentMethodDetails,
  token?: string,
): PaymentMethod {
  const billing = details.billing_details ?? {};
  const method = ctx.insert('payment_method', {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: details.allow_redisplay ?? 'unspecified',
    billing_details: {
      address: billing.address ?? {
        city: null,
        country: null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email: billing.email ?? null,
      name: billing.name ?? null,
      phone: billing.phone ?? null,
      tax_id: billing.tax_id ?? null,
    },
    card: {
      brand: card.brand,
      checks: {
        address_line1_check: billing.address?.line1 ? 'unchecked' : null,
        address_postal_code_check: billing.address?.postal_code ? 'unchecked' : null,
        cvc_check: input.cvc === undefined ? null : 'unchecked',
      },
      country: card.country,
      display_brand: card.brand,
      exp_month: input.exp_month,
      exp_year: input.exp_year < 100 ? input.exp_year + 2000 : input.exp_year,
      fingerprint: cardFingerprint(input.number),
      funding: card.funding,
      generated_from: null,
      last4: input.number.slice(-4),
      networks: {
        available: card.cobrand ? [card.cobrand, card.brand] : [card.brand],
        preferred: null,
      },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: card.threeDSecure !== 'unsupported' },
      wallet: null,
    },
    created: ctx.now,
    customer: null,
    customer_account: null,
    livemode: ctx.livemode,
    metadata: mergeMetadata({}, details.metadata),
    type: 'card',
  });
  if (token !== undefined) ctx.world._card.put({ id: method.id, token });
  return method;
}

function checkCard(ctx: Context, number: string, input: CardInput): void {
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    throw cardRefused('Your card number is incorrect.', 'incorrect_number', { param: 'number' });
  }
  if (input.exp_month < 1 || input.exp_month > 12) {
    throw cardRefused("Your card's expiration month is invalid.", 'invalid_expiry_month', {
      param: 'exp_month',
    });
  }
  const today = new Date(ctx.now * 1000);
  const year = input.exp_year < 100 ? input.exp_year + 2000 : input.exp_year;
  const months = (year - today.getUTCFullYear()) * 12 + input.exp_month - 1 - today.getUTCMonth();
  if (months < 0 || months > 50 * 12) {
    throw cardRefused("Your card's expiration year is invalid.", 'invalid_expiry_year', {
      param: 'exp_year',
    });
  }
  if (input.cvc !== undefined && !/^\d{3,4}$/.test(input.cvc)) {
    throw cardRefused("Your card's security code is invalid.", 'invalid_cvc', { param: 'cvc' });
  }
}

/** The check digit of a card number. */
function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
