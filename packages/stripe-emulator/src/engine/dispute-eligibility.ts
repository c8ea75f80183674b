import type { Dispute } from './objects';
import type { DisputeKind } from './test-cards';

type Eligibility = Dispute['evidence_details']['enhanced_eligibility'];
type Evidence = Dispute['evidence']['enhanced_evidence'];
type CompellingEvidence = NonNullable<Evidence['visa_compelling_evidence_3']>;

/** Two earlier payments of the same customer have to be shown. */
const PRIOR_TRANSACTIONS = 2;

/** The special evidence that a new dispute takes, and what it lacks: all of it. */
export function eligibilityOf(kind: DisputeKind): {
  types: Dispute['enhanced_eligibility_types'];
  status: Eligibility;
} {
  switch (kind) {
    case 'visa_compelling_evidence_3':
    case 'visa_compliance':
    case 'mastercard_compliance':
      return { types: [kind], status: eligibilityWith([kind], {}) };
    default:
      return { types: [], status: {} };
  }
}

/** How far the special evidence of a dispute has come. */
export function eligibilityWith(
  types: Dispute['enhanced_eligibility_types'],
  evidence: Evidence,
): Eligibility {
  const status: Eligibility = {};
  if (types.includes('visa_compelling_evidence_3')) {
    const required_actions = missingFrom(evidence.visa_compelling_evidence_3);
    status.visa_compelling_evidence_3 = {
      required_actions,
      status: required_actions.length > 0 ? 'requires_action' : 'qualified',
    };
  }
  if (types.includes('visa_compliance')) {
    const isAcknowledged = evidence.visa_compliance?.fee_acknowledged;
    status.visa_compliance = {
      status: isAcknowledged ? 'fee_acknowledged' : 'requires_fee_acknowledgement',
    };
  }
  if (types.includes('mastercard_compliance')) {
    const isAcknowledged = evidence.mastercard_compliance?.fee_acknowledged;
    status.mastercard_compliance = {
      status: isAcknowledged ? 'fee_acknowledged' : 'requires_fee_acknowledgement',
    };
  }
  return status;
}

/** Whether a compliance dispute is to be answered without agreeing to what that costs. */
export function needsFeeAcknowledged({ evidence_details: details }: Dispute): boolean {
  const { mastercard_compliance: mastercard, visa_compliance: visa } = details.enhanced_eligibility;
  return [mastercard, visa].some((one) => one?.status === 'requires_fee_acknowledgement');
}

function missingFrom(evidence: CompellingEvidence | undefined) {
  const disputed = evidence?.disputed_transaction;
  const prior = evidence?.prior_undisputed_transactions ?? [];
  const all = disputed ? [disputed, ...prior] : prior;
  const isShort = prior.length < PRIOR_TRANSACTIONS;
  const checks = [
    ['missing_customer_identifiers', all.length === 0 || !all.every(isIdentified)],
    ['missing_disputed_transaction_description', !disputed?.product_description],
    ['missing_merchandise_or_services', !disputed?.merchandise_or_services],
    [
      'missing_prior_undisputed_transaction_description',
      prior.some((one) => !one.product_description),
    ],
    ['missing_prior_undisputed_transactions', isShort],
  ] as const;
  return checks.flatMap(([action, isMissing]) => (isMissing ? [action] : []));
}

function isIdentified(transaction: {
  customer_account_id: string | null;
  customer_device_fingerprint: string | null;
  customer_device_id: string | null;
  customer_email_address: string | null;
  customer_purchase_ip: string | null;
}): boolean {
  return Boolean(
    transaction.customer_account_id ??
      transaction.customer_device_fingerprint ??
      transaction.customer_device_id ??
      transaction.customer_email_address ??
      transaction.customer_purchase_ip,
  );
}
