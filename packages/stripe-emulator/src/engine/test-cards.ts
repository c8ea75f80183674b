import { createHash } from 'node:crypto';
import { CARD_NUMBERS, VISA } from './test-card-numbers';
import { TEST_TOKENS } from './test-card-tokens';

/** How a published test card behaves. What is absent is as with 4242 4242 4242 4242. */
export interface TestCard {
  brand: string;
  /** Where the card was issued: two letters. */
  country: string;
  funding: 'credit' | 'debit' | 'prepaid';
  /** The local network of a co-branded card. */
  cobrand?: string;
  /** Why charges fail, as Stripe's decline code. */
  decline?: string;
  /** Fails already when attached or set up, not only when charged. */
  declinesSetup?: boolean;
  /** Which payments its holder has to authenticate: those on session even when the card is set up. */
  authentication?: 'unless_set_up' | 'on_session' | 'always';
  /** What happens when 3D Secure is asked for; absent: the bank takes note and asks nobody. */
  threeDSecure?: 'challenge' | 'error' | 'frictionless' | 'unsupported';
  /** What Radar thinks of its payments. The highest risk is blocked. */
  risk?: 'elevated' | 'highest';
  /** How the bank answers the checks that the payment gives something for. */
  checks?: Partial<Record<CardCheck, 'fail' | 'unavailable'>>;
  /** What its holder does after a successful charge. */
  dispute?: DisputeKind;
  /** A successful charge is reported as fraud, but not disputed. */
  fraudWarning?: boolean;
  /** Refunds are pending first, or succeed and fail later. */
  refund?: 'pending' | 'fails_later';
  /** Its money is available at once. */
  bypassesPending?: boolean;
}

export type CardCheck = 'address_line1_check' | 'address_postal_code_check' | 'cvc_check';

/** How a charge is disputed; `multiple` is twice. */
export type DisputeKind =
  | 'fraudulent'
  | 'product_not_received'
  | 'inquiry'
  | 'multiple'
  | 'visa_compelling_evidence_3'
  | 'visa_compliance'
  | 'mastercard_compliance';

/** What a published test id stands for. */
export interface TestToken {
  number: string;
  card: TestCard;
}

/** The card behind a number as typed (spaces and dashes allowed), or `undefined` for any other. */
export function testCard(number: string): TestCard | undefined {
  return CARD_NUMBERS.get(digits(number));
}

/** What a published `pm_card_…` or `tok_…` id stands for, or `undefined`. */
export function testToken(id: string): TestToken | undefined {
  const [, name] = /^(?:pm_card|tok)_(\w+)$/.exec(id) ?? [];
  const known = name === undefined ? undefined : TEST_TOKENS.get(name);
  if (known === undefined) return undefined;
  const { number, differs } = typeof known === 'string' ? { number: known, differs: {} } : known;
  return { number, card: { ...(testCard(number) ?? VISA), ...differs } };
}

/**
 * What Stripe shows as a card's fingerprint: the same for the same number, and not the number. It is
 * also how a stored card finds its behaviour again, since the number itself is not kept.
 */
export function cardFingerprint(number: string): string {
  const hash = createHash('sha256')
    .update(`card ${digits(number)}`)
    .digest('base64');
  return hash.replace(/[^A-Za-z0-9]/g, '').slice(0, 16);
}

/** The behaviour of a stored card; unknown fingerprints behave like 4242. */
export function cardByFingerprint(fingerprint: string | null | undefined): TestCard {
  return (fingerprint && CARDS_BY_FINGERPRINT.get(fingerprint)) || VISA;
}

const CARDS_BY_FINGERPRINT: ReadonlyMap<string, TestCard> = new Map(
  [...CARD_NUMBERS].map(([number, card]) => [cardFingerprint(number), card]),
);

function digits(number: string): string {
  return number.replace(/[\s-]/g, '');
}
