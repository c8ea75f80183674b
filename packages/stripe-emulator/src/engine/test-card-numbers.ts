import type { TestCard } from './test-cards';

export const VISA: TestCard = { brand: 'visa', country: 'US', funding: 'credit' };

const debit: TestCard = { ...VISA, funding: 'debit' };
const mastercard: TestCard = { ...VISA, brand: 'mastercard' };

const brands: Record<string, TestCard> = {
  '4242424242424242': VISA,
  '4000056655665556': debit,
  '5555555555554444': mastercard,
  '2223003122003222': mastercard,
  '5200828282828210': { ...mastercard, funding: 'debit' },
  '5105105105105100': { ...mastercard, funding: 'prepaid' },
  '378282246310005': { ...VISA, brand: 'amex', threeDSecure: 'unsupported' },
  '371449635398431': { ...VISA, brand: 'amex' },
  '6011111111111117': { ...VISA, brand: 'discover' },
  '6011000990139424': { ...VISA, brand: 'discover' },
  '6011981111111113': { ...debit, brand: 'discover' },
  '3056930009020004': { ...VISA, brand: 'diners' },
  '36227206271667': { ...VISA, brand: 'diners' },
  '6555900000604105': { ...VISA, brand: 'discover', country: 'KR' },
  '3566002020360505': { ...VISA, brand: 'jcb', country: 'JP' },
  '3530111333300000': { ...VISA, brand: 'jcb', country: 'JP' },
  '6200000000000005': { ...VISA, brand: 'unionpay', country: 'CN' },
  '6200000000000047': { ...debit, brand: 'unionpay', country: 'CN' },
  '6205500000000000004': { ...VISA, brand: 'unionpay', country: 'CN' },
  '4000002500001001': { ...VISA, country: 'FR', cobrand: 'cartes_bancaires' },
  '5555552500001001': { ...mastercard, country: 'FR', cobrand: 'cartes_bancaires' },
  '4000050360000001': { ...debit, country: 'AU', cobrand: 'eftpos_au' },
  '5555050360000080': { ...mastercard, funding: 'debit', country: 'AU', cobrand: 'eftpos_au' },
  // Health savings and flexible spending accounts.
  '4000051230000072': debit,
  '5200828282828897': { ...mastercard, funding: 'debit' },
};

/** Visa credit cards of other countries; a payment with them needs no authentication. */
export const COUNTRY_NUMBERS: Readonly<Record<string, string>> = {
  AR: '4000000320000021',
  BR: '4000000760000002',
  CA: '4000001240000000',
  CL: '4000001520000001',
  CO: '4000001700000003',
  CR: '4000001880000005',
  EC: '4000002180000000',
  MX: '4000004840008001',
  PA: '4000005910000000',
  PY: '4000006000000066',
  PE: '4000006040000068',
  UY: '4000008580000003',
  AE: '4000007840000001',
  AT: '4000000400000008',
  BE: '4000000560000004',
  BG: '4000001000000000',
  BY: '4000001120000005',
  HR: '4000001910000009',
  CY: '4000001960000008',
  CZ: '4000002030000002',
  DK: '4000002080000001',
  EE: '4000002330000009',
  FI: '4000002460000001',
  FR: '4000002500000003',
  DE: '4000002760000016',
  GI: '4000002920000005',
  GR: '4000003000000030',
  HU: '4000003480000005',
  IE: '4000003720000005',
  IT: '4000003800000008',
  LV: '4000004280000005',
  LI: '4000004380000004',
  LT: '4000004400000000',
  LU: '4000004420000006',
  MT: '4000004700000007',
  NL: '4000005280000002',
  NO: '4000005780000007',
  PL: '4000006160000005',
  PT: '4000006200000007',
  RO: '4000006420000001',
  SA: '4000006820000007',
  SI: '4000007050000006',
  SK: '4000007030000001',
  ES: '4000007240000007',
  SE: '4000007520000008',
  CH: '4000007560000009',
  GB: '4000008260000000',
  AU: '4000000360000006',
  CN: '4000001560000002',
  HK: '4000003440000004',
  IN: '4000003560000008',
  JP: '4000003920000003',
  MY: '4000004580000002',
  NZ: '4000005540000008',
  SG: '4000007020000003',
  TW: '4000001580000008',
  TH: '4000007640000003',
};

const otherCountries: Record<string, TestCard> = {
  '5062210000000009': { ...VISA, brand: 'unknown', country: 'MX' },
  '5200007840000022': { ...mastercard, country: 'AE' },
  '4000058260000005': { ...debit, country: 'GB' },
  '5555558265554449': { ...mastercard, country: 'GB' },
  '4000057640000008': { ...debit, country: 'TH' },
};

const declined: Record<string, TestCard> = {
  '4000000000000002': { ...VISA, decline: 'generic_decline', declinesSetup: true },
  '4000000000009995': { ...VISA, decline: 'insufficient_funds', declinesSetup: true },
  '4000000000009987': { ...VISA, decline: 'lost_card', declinesSetup: true },
  '4000000000009979': { ...VISA, decline: 'stolen_card', declinesSetup: true },
  '4000000000000069': { ...VISA, decline: 'expired_card', declinesSetup: true },
  '4000000000000119': { ...VISA, decline: 'processing_error', declinesSetup: true },
  '4000000000006975': { ...VISA, decline: 'card_velocity_exceeded', declinesSetup: true },
  '4000000000000341': { ...VISA, decline: 'generic_decline' },
};

const line1Fails = { address_line1_check: 'fail' } as const;
const postalCodeFails = { address_postal_code_check: 'fail' } as const;
const cvcFails = { cvc_check: 'fail' } as const;

const risky: Record<string, TestCard> = {
  '4100000000000019': { ...VISA, risk: 'highest' },
  '4000000000004954': { ...VISA, risk: 'highest' },
  '4000000000009235': { ...VISA, risk: 'elevated' },
  // A high score, a threshold and a control that an account would have to act on: none here does.
  '4000008400000407': VISA,
  '4000008400000159': VISA,
  '4000008400001017': VISA,
  '4000008405600003': VISA,
  // The bank refuses both when a security code is given; without one there is nothing to check.
  '4000000000000101': { ...VISA, checks: cvcFails },
  '4000000000000127': { ...VISA, checks: cvcFails },
  '4000000000000036': { ...VISA, checks: postalCodeFails },
  '4000058400307872': { ...debit, checks: cvcFails, risk: 'elevated' },
  '4000058400306072': { ...debit, checks: postalCodeFails, risk: 'elevated' },
  '4000000000000028': { ...VISA, checks: line1Fails },
  '4000000000000010': { ...VISA, checks: { ...line1Fails, ...postalCodeFails } },
  '4000000000000044': {
    ...VISA,
    checks: { address_line1_check: 'unavailable', address_postal_code_check: 'unavailable' },
  },
  // They ask for a captcha on the payment page, which is taken as answered.
  '4000000000001208': VISA,
  '4000000000003725': VISA,
};

const afterwards: Record<string, TestCard> = {
  '4000000000000259': { ...VISA, dispute: 'fraudulent' },
  '4000000000002685': { ...VISA, dispute: 'product_not_received' },
  '4000000000001976': { ...VISA, dispute: 'inquiry' },
  '4000000000005423': { ...VISA, fraudWarning: true },
  '4000000404000079': { ...VISA, dispute: 'multiple' },
  '4000000404000038': { ...VISA, dispute: 'visa_compelling_evidence_3' },
  '4000008400000779': { ...VISA, dispute: 'visa_compliance' },
  '5105008400000002': { ...mastercard, dispute: 'mastercard_compliance' },
  '4000000001000043': { ...VISA, dispute: 'fraudulent' },
  // Prevented for accounts that have enrolled in dispute prevention; nobody has here.
  '4000000404004816': { ...VISA, dispute: 'fraudulent' },
  '4000000404005649': { ...VISA, dispute: 'fraudulent' },
  '5105000300000018': { ...mastercard, dispute: 'fraudulent' },
  '4000000000007726': { ...VISA, refund: 'pending' },
  '4000000000005126': { ...VISA, refund: 'fails_later' },
  '4000000000000077': { ...VISA, bypassesPending: true },
  '4000003720000278': { ...VISA, country: 'IE', bypassesPending: true },
};

const alwaysAsks = { authentication: 'always', threeDSecure: 'challenge' } as const;

const secured: Record<string, TestCard> = {
  '4000002500003155': {
    ...VISA,
    country: 'FR',
    authentication: 'unless_set_up',
    threeDSecure: 'challenge',
  },
  '4000002760003184': { ...VISA, country: 'DE', ...alwaysAsks },
  '4000003800000446': {
    ...VISA,
    country: 'IT',
    authentication: 'on_session',
    threeDSecure: 'challenge',
  },
  '4000008260003178': {
    ...VISA,
    country: 'GB',
    authentication: 'unless_set_up',
    decline: 'insufficient_funds',
    threeDSecure: 'challenge',
  },
  '4000000000003220': { ...VISA, country: 'IE', ...alwaysAsks },
  '4000008400000027': { ...VISA, ...alwaysAsks },
  '4000000000003063': { ...VISA, ...alwaysAsks },
  '4000008400001629': { ...VISA, ...alwaysAsks, decline: 'generic_decline' },
  '4000008400001280': { ...VISA, authentication: 'always', threeDSecure: 'error' },
  '4000000000003055': { ...VISA, threeDSecure: 'challenge' },
  '4000000000003097': { ...VISA, threeDSecure: 'error' },
  '4000000032200000': { ...VISA, authentication: 'always', threeDSecure: 'frictionless' },
  // The four kinds of challenge in a mobile app, which are one here.
  '4000582600000094': { ...debit, country: 'GB', ...alwaysAsks },
  '4000582600000045': { ...debit, country: 'GB', ...alwaysAsks },
  '4000582600000102': { ...debit, country: 'GB', ...alwaysAsks },
  '4000582600000110': { ...debit, country: 'GB', ...alwaysAsks },
};

/**
 * The numbers that Stripe publishes for cards (docs.stripe.com/testing, 2026). The emulator takes no
 * other, and never keeps one: a payment method holds brand, last four digits, expiry and fingerprint.
 */
export const CARD_NUMBERS: ReadonlyMap<string, TestCard> = new Map([
  ...Object.entries(brands),
  ...Object.entries(COUNTRY_NUMBERS).map(([country, number]): [string, TestCard] => [
    number,
    { ...VISA, country },
  ]),
  ...Object.entries(otherCountries),
  ...Object.entries(declined),
  ...Object.entries(risky),
  ...Object.entries(afterwards),
  ...Object.entries(secured),
]);
