import { COUNTRY_NUMBERS } from './test-card-numbers';
import type { TestCard } from './test-cards';

/** An id for which no number is published: it is like the card of a number but for some things. */
interface Variant {
  number: string;
  differs: Partial<TestCard>;
}

const brands: Record<string, string> = {
  visa: '4242424242424242',
  visa_debit: '4000056655665556',
  mastercard: '5555555555554444',
  mastercard_debit: '5200828282828210',
  mastercard_prepaid: '5105105105105100',
  amex: '378282246310005',
  discover: '6011111111111117',
  diners: '3056930009020004',
  jcb: '3566002020360505',
  unionpay: '6200000000000005',
  visa_cartesBancaires: '4000002500001001',
  mastercard_cartesBancaires: '5555552500001001',
  visa_debit_eftposAuCoBranded: '4000050360000001',
  mastercard_debit_eftposAuCoBranded: '5555050360000080',
  debit_visaFsaProductCode: '4000051230000072',
  debit_visaHsaProductCode: '4000051230000072',
  mastercard_debit_mastercardFsaProductCode: '5200828282828897',
};

/** A card of each country under its two letters; the others have names of their own. */
const NAMED_OTHERWISE: ReadonlySet<string> = new Set(['SA', 'TH']);

const countries: Record<string, string> = {
  us: '4242424242424242',
  ...Object.fromEntries(
    Object.entries(COUNTRY_NUMBERS)
      .filter(([country]) => !NAMED_OTHERWISE.has(country))
      .map(([country, number]) => [country.toLowerCase(), number]),
  ),
  ae_mastercard: '5200007840000022',
  gb_debit: '4000058260000005',
  gb_mastercard: '5555558265554449',
  th_credit: '4000007640000003',
  th_debit: '4000057640000008',
};

/** Declines have two names, with and without the brand. */
const declines: Record<string, string> = {
  chargeDeclined: '4000000000000002',
  chargeDeclinedInsufficientFunds: '4000000000009995',
  chargeDeclinedLostCard: '4000000000009987',
  chargeDeclinedStolenCard: '4000000000009979',
  chargeDeclinedExpiredCard: '4000000000000069',
  chargeDeclinedIncorrectCvc: '4000000000000127',
  chargeDeclinedProcessingError: '4000000000000119',
  chargeDeclinedVelocityLimitExceeded: '4000000000006975',
  chargeCustomerFail: '4000000000000341',
};

const fraudulent: Variant = {
  number: '4000000000000002',
  differs: { decline: 'fraudulent' },
};

const unnumbered: Record<string, Variant> = {
  chargeDeclinedFraudulent: fraudulent,
  visa_chargeDeclinedFraudulent: fraudulent,
  visa_debit_chargeDeclinedInsufficientFunds: {
    number: '4000056655665556',
    differs: { decline: 'insufficient_funds', declinesSetup: true },
  },
  visa_chargeCustomerFailLostCard: {
    number: '4000000000000341',
    differs: { decline: 'lost_card' },
  },
  visa_chargeCustomerFailStolenCard: {
    number: '4000000000000341',
    differs: { decline: 'stolen_card' },
  },
};

const risks: Record<string, string> = {
  radarBlock: '4100000000000019',
  riskLevelHighest: '4000000000004954',
  riskLevelElevated: '4000000000009235',
  highFraudDisputeScore: '4000008400000407',
  highEfwScore: '4000008400000159',
  radarDynamicRiskThreshold: '4000008400001017',
  adaptive3dsChallenge: '4000008405600003',
  cvcCheckFail: '4000000000000101',
  avsZipFail: '4000000000000036',
  cvcCheckFailElevatedRisk: '4000058400307872',
  avsZipFailElevatedRisk: '4000058400306072',
  avsLine1Fail: '4000000000000028',
  avsFail: '4000000000000010',
  avsUnchecked: '4000000000000044',
};

const afterwards: Record<string, string> = {
  createDispute: '4000000000000259',
  createDisputeProductNotReceived: '4000000000002685',
  createDisputeInquiry: '4000000000001976',
  createIssuerFraudRecord: '4000000000005423',
  createMultipleDisputes: '4000000404000079',
  createCe3EligibleDispute: '4000000404000038',
  createComplianceDispute: '4000008400000779',
  createMastercardComplianceDispute: '5105008400000002',
  createAutoRepresentmentEligibleDispute: '4000000001000043',
  createRapidDisputeResolutionDispute: '4000000404004816',
  createCe3BlockDispute: '4000000404005649',
  createEthocaAlert: '5105000300000018',
  pendingRefund: '4000000000007726',
  refundFail: '4000000000005126',
  bypassPending: '4000000000000077',
  bypassPendingInternational: '4000003720000278',
};

const secured: Record<string, string> = {
  authenticationRequiredOnSetup: '4000002500003155',
  authenticationRequired: '4000002760003184',
  authenticationRequiredSetupForOffSession: '4000003800000446',
  authenticationRequiredChargeDeclinedInsufficientFunds: '4000008260003178',
  threeDSecure2Required: '4000000000003220',
  threeDSecureRequired: '4000000000003063',
  threeDSecureRequiredChargeDeclined: '4000008400001629',
  threeDSecureRequiredProcessingError: '4000008400001280',
  threeDSecureOptional: '4000000000003055',
  threeDSecureOptionalProcessingError: '4000000000003097',
  amex_threeDSecureNotSupported: '378282246310005',
};

/**
 * The ids that Stripe publishes for test cards (docs.stripe.com/testing, 2026), without their
 * `pm_card_` or `tok_`, and the numbers they stand for.
 */
export const TEST_TOKENS: ReadonlyMap<string, string | Variant> = new Map<string, string | Variant>(
  [
    ...Object.entries(brands),
    ...Object.entries(countries),
    ...Object.entries(declines),
    ...Object.entries(declines).map(([name, number]): [string, string] => [`visa_${name}`, number]),
    ...Object.entries(unnumbered),
    ...Object.entries(risks),
    ...Object.entries(afterwards),
    ...Object.entries(secured),
  ],
);
