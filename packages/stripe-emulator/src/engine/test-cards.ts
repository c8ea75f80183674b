import { createHash } from 'node:crypto';

/** How a published test card behaves when it is attached or charged. */
export interface TestCard {
  brand: string;
  funding: 'credit' | 'debit' | 'prepaid';
  country: string;
  /** Why a charge fails, as Stripe's decline code; absent: charges succeed. */
  decline?: string;
  /** Fails already when attached or set up, not only when charged. */
  declinesSetup?: boolean;
  /** Payments ask for authentication: `once` until one was given, or `always`. */
  authentication?: 'once' | 'always';
}

const visa: TestCard = { brand: 'visa', funding: 'credit', country: 'US' };

/**
 * Stripe's published test numbers (docs.stripe.com/testing). The emulator takes no other number, and
 * never keeps one: a payment method holds brand, last four digits, expiry and fingerprint.
 */
const CARDS: ReadonlyMap<string, TestCard> = new Map([
  ['4242424242424242', visa],
  ['4000056655665556', { ...visa, funding: 'debit' }],
  ['5555555555554444', { ...visa, brand: 'mastercard' }],
  ['2223003122003222', { ...visa, brand: 'mastercard' }],
  ['5200828282828210', { ...visa, brand: 'mastercard', funding: 'debit' }],
  ['5105105105105100', { ...visa, brand: 'mastercard', funding: 'prepaid' }],
  ['378282246310005', { ...visa, brand: 'amex' }],
  ['371449635398431', { ...visa, brand: 'amex' }],
  ['6011111111111117', { ...visa, brand: 'discover' }],
  ['6011000990139424', { ...visa, brand: 'discover' }],
  ['3056930009020004', { ...visa, brand: 'diners' }],
  ['36227206271667', { ...visa, brand: 'diners' }],
  ['3566002020360505', { ...visa, brand: 'jcb' }],
  ['6200000000000005', { ...visa, brand: 'unionpay' }],
  ['4000002500001001', { ...visa, country: 'FR' }],
  ['4000008260000000', { ...visa, country: 'GB' }],
  ['4000002760000016', { ...visa, country: 'DE' }],
  ['4000002500000003', { ...visa, country: 'FR' }],
  ['4000000360000006', { ...visa, country: 'AU' }],
  ['4000001240000000', { ...visa, country: 'CA' }],
  ['4000000000000077', visa],
  ['4000002500003155', { ...visa, authentication: 'once' }],
  ['4000002760003184', { ...visa, country: 'DE', authentication: 'always' }],
  ['4000003800000446', { ...visa, country: 'IE' }],
  ['4000000000003220', { ...visa, authentication: 'always' }],
  ['4000000000003063', { ...visa, authentication: 'always' }],
  ['4000000000000002', { ...visa, decline: 'generic_decline', declinesSetup: true }],
  ['4000000000009995', { ...visa, decline: 'insufficient_funds', declinesSetup: true }],
  ['4000000000009987', { ...visa, decline: 'lost_card', declinesSetup: true }],
  ['4000000000009979', { ...visa, decline: 'stolen_card', declinesSetup: true }],
  ['4000000000000069', { ...visa, decline: 'expired_card', declinesSetup: true }],
  ['4000000000000127', { ...visa, decline: 'incorrect_cvc', declinesSetup: true }],
  ['4000000000000119', { ...visa, decline: 'processing_error', declinesSetup: true }],
  ['4000000000006975', { ...visa, decline: 'card_velocity_exceeded', declinesSetup: true }],
  ['4000000000000341', { ...visa, decline: 'generic_decline' }],
  [
    '4000008260003178',
    { ...visa, country: 'GB', decline: 'insufficient_funds', authentication: 'once' },
  ],
]);

/** Stripe's published `pm_card_…` ids, each standing for one of the numbers above. */
const PAYMENT_METHOD_TOKENS: ReadonlyMap<string, string> = new Map([
  ['pm_card_visa', '4242424242424242'],
  ['pm_card_visa_debit', '4000056655665556'],
  ['pm_card_mastercard', '5555555555554444'],
  ['pm_card_mastercard_debit', '5200828282828210'],
  ['pm_card_mastercard_prepaid', '5105105105105100'],
  ['pm_card_amex', '378282246310005'],
  ['pm_card_discover', '6011111111111117'],
  ['pm_card_diners', '3056930009020004'],
  ['pm_card_jcb', '3566002020360505'],
  ['pm_card_unionpay', '6200000000000005'],
  ['pm_card_us', '4242424242424242'],
  ['pm_card_gb', '4000008260000000'],
  ['pm_card_de', '4000002760000016'],
  ['pm_card_fr', '4000002500000003'],
  ['pm_card_au', '4000000360000006'],
  ['pm_card_ca', '4000001240000000'],
  ['pm_card_bypassPending', '4000000000000077'],
  ['pm_card_authenticationRequired', '4000002760003184'],
  ['pm_card_authenticationRequiredOnSetup', '4000002500003155'],
  ['pm_card_authenticationRequiredSetupForOffSession', '4000003800000446'],
  ['pm_card_threeDSecure2Required', '4000000000003220'],
  ['pm_card_threeDSecureRequired', '4000000000003063'],
  ['pm_card_chargeDeclined', '4000000000000002'],
  ['pm_card_visa_chargeDeclined', '4000000000000002'],
  ['pm_card_chargeDeclinedInsufficientFunds', '4000000000009995'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', '4000000000009995'],
  ['pm_card_chargeDeclinedLostCard', '4000000000009987'],
  ['pm_card_visa_chargeDeclinedLostCard', '4000000000009987'],
  ['pm_card_chargeDeclinedStolenCard', '4000000000009979'],
  ['pm_card_visa_chargeDeclinedStolenCard', '4000000000009979'],
  ['pm_card_chargeDeclinedExpiredCard', '4000000000000069'],
  ['pm_card_chargeDeclinedIncorrectCvc', '4000000000000127'],
  ['pm_card_chargeDeclinedProcessingError', '4000000000000119'],
  ['pm_card_visa_chargeDeclinedVelocityLimitExceeded', '4000000000006975'],
  ['pm_card_chargeCustomerFail', '4000000000000341'],
]);

/** The card behind a number as typed (spaces and dashes allowed), or `undefined` for any other. */
export function testCard(number: string): TestCard | undefined {
  return CARDS.get(digits(number));
}

/** The number a published `pm_card_…` id stands for, or `undefined`. */
export function numberOfToken(token: string): string | undefined {
  return PAYMENT_METHOD_TOKENS.get(token);
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
  return (fingerprint && CARDS_BY_FINGERPRINT.get(fingerprint)) || visa;
}

const CARDS_BY_FINGERPRINT: ReadonlyMap<string, TestCard> = new Map(
  [...CARDS].map(([number, card]) => [cardFingerprint(number), card]),
);

function digits(number: string): string {
  return number.replace(/[\s-]/g, '');
}
