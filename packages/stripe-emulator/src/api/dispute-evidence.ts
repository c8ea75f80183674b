import { invalidRequest } from '../core/errors';
import {
  array,
  boolean,
  id,
  type Output,
  object,
  oneOf,
  required,
  string,
  unsettable,
} from '../core/params';
import type { Stored } from '../core/tables';
import { addressParam, mergeAddress } from './fields';

type Evidence = Stored<'dispute'>['evidence'];
type Enhanced = Evidence['enhanced_evidence'];
type CompellingEvidence = NonNullable<Enhanced['visa_compelling_evidence_3']>;

/** The most characters that all of a dispute's evidence has together. */
const MOST_CHARACTERS = 150_000;

const short = unsettable(string());
const long = unsettable(string({ max: 20_000 }));

const identified = {
  customer_account_id: short,
  customer_device_fingerprint: short,
  customer_device_id: short,
  customer_email_address: short,
  customer_purchase_ip: short,
  product_description: long,
  shipping_address: addressParam(),
};

const compliance = object({ fee_acknowledged: boolean() });

const disputedTransaction = object({
  ...identified,
  merchandise_or_services: oneOf(['merchandise', 'services']),
});

const priorTransaction = object({ ...identified, charge: required(id()) });

/** What answers a dispute. The emulator has no files, so whatever wants one is not here. */
export const evidenceParam = object({
  access_activity_log: long,
  billing_address: short,
  cancellation_policy_disclosure: long,
  cancellation_rebuttal: long,
  customer_email_address: short,
  customer_name: short,
  customer_purchase_ip: short,
  duplicate_charge_explanation: long,
  duplicate_charge_id: short,
  enhanced_evidence: unsettable(
    object({
      mastercard_compliance: compliance,
      visa_compelling_evidence_3: object({
        disputed_transaction: disputedTransaction,
        prior_undisputed_transactions: array(priorTransaction, { max: 2 }),
      }),
      visa_compliance: compliance,
    }),
  ),
  product_description: long,
  refund_policy_disclosure: long,
  refund_refusal_explanation: long,
  service_date: short,
  shipping_address: short,
  shipping_carrier: short,
  shipping_date: short,
  shipping_tracking_number: short,
  uncategorized_text: long,
});

/** Evidence after a change, field by field. @throws StripeError when it is too much */
export function mergeEvidence(current: Evidence, change: Output<typeof evidenceParam>): Evidence {
  const { enhanced_evidence: enhanced, ...texts } = change;
  const merged: Evidence = {
    ...current,
    ...texts,
    ...(enhanced !== undefined && {
      enhanced_evidence:
        enhanced === null ? {} : mergeEnhanced(current.enhanced_evidence, enhanced),
    }),
  };
  const characters = Object.values(merged).reduce(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  );
  if (characters <= MOST_CHARACTERS) return merged;
  throw invalidRequest(
    `The combined character count of all evidence is limited to ${MOST_CHARACTERS}.`,
    'evidence',
  );
}

type EnhancedChange = NonNullable<Output<typeof evidenceParam>['enhanced_evidence']>;

function mergeEnhanced(current: Enhanced, change: EnhancedChange): Enhanced {
  const { mastercard_compliance: mastercard, visa_compliance: visa } = change;
  const compelling = change.visa_compelling_evidence_3;
  return {
    ...current,
    ...(compelling && { visa_compelling_evidence_3: compellingOf(compelling) }),
    ...(mastercard && {
      mastercard_compliance: { fee_acknowledged: mastercard.fee_acknowledged ?? false },
    }),
    ...(visa && { visa_compliance: { fee_acknowledged: visa.fee_acknowledged ?? false } }),
  };
}

function compellingOf({
  disputed_transaction: disputed,
  prior_undisputed_transactions: prior = [],
}: NonNullable<EnhancedChange['visa_compelling_evidence_3']>): CompellingEvidence {
  return {
    disputed_transaction: disputed
      ? {
          ...identityOf(disputed),
          merchandise_or_services: disputed.merchandise_or_services ?? null,
        }
      : null,
    prior_undisputed_transactions: prior.map((one) => ({ ...identityOf(one), charge: one.charge })),
  };
}

function identityOf(given: Output<typeof priorTransaction> | Output<typeof disputedTransaction>) {
  return {
    customer_account_id: given.customer_account_id ?? null,
    customer_device_fingerprint: given.customer_device_fingerprint ?? null,
    customer_device_id: given.customer_device_id ?? null,
    customer_email_address: given.customer_email_address ?? null,
    customer_purchase_ip: given.customer_purchase_ip ?? null,
    product_description: given.product_description ?? null,
    shipping_address: given.shipping_address ? mergeAddress(null, given.shipping_address) : null,
  };
}
