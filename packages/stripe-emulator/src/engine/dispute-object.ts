import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { eligibilityOf } from './dispute-eligibility';
import type { Charge, Dispute } from './objects';
import type { DisputeKind } from './test-cards';

const DAY = 86_400;
/** How long evidence is taken. Stripe's own time depends on the network, seven to 21 days. */
const RESPONSE_DAYS = 7;

/** How a kind of dispute is told of: reason, the network's code for it, and what sort of case it is. */
const CASES: Readonly<
  Record<
    DisputeKind,
    { code: string; reason: string; type: 'chargeback' | 'compliance' | 'inquiry' }
  >
> = {
  fraudulent: { code: '10.4', reason: 'fraudulent', type: 'chargeback' },
  product_not_received: { code: '13.1', reason: 'product_not_received', type: 'chargeback' },
  inquiry: { code: '10.4', reason: 'fraudulent', type: 'inquiry' },
  multiple: { code: '10.4', reason: 'fraudulent', type: 'chargeback' },
  visa_compelling_evidence_3: { code: '10.4', reason: 'fraudulent', type: 'chargeback' },
  visa_compliance: { code: '98', reason: 'noncompliant', type: 'compliance' },
  mastercard_compliance: { code: '98', reason: 'noncompliant', type: 'compliance' },
};

const MASTERCARD_FRAUD = '4837';

/** Until when a dispute that is opened now takes evidence: the end of a day, as at Stripe. */
export function responseDue(now: number): number {
  return (Math.floor(now / DAY) + RESPONSE_DAYS + 1) * DAY - 1;
}

/** A dispute of a charge, not yet stored; nothing has moved for it yet. */
export function newDispute(
  ctx: Context,
  charge: Charge,
  kind: DisputeKind,
  amount: number,
): Dispute {
  const { code, reason, type } = CASES[kind];
  const brand = charge.payment_method_details?.card?.brand ?? 'unknown';
  const networkCode = brand === 'mastercard' && code === '10.4' ? MASTERCARD_FRAUD : code;
  const isInquiry = type === 'inquiry';
  const eligibility = eligibilityOf(kind);
  return {
    id: newId('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: ctx.now,
    currency: charge.currency,
    enhanced_eligibility_types: eligibility.types,
    evidence: {
      access_activity_log: null,
      billing_address: null,
      cancellation_policy: null,
      cancellation_policy_disclosure: null,
      cancellation_rebuttal: null,
      customer_communication: null,
      customer_email_address: charge.billing_details.email,
      customer_name: charge.billing_details.name,
      customer_purchase_ip: null,
      customer_signature: null,
      duplicate_charge_documentation: null,
      duplicate_charge_explanation: null,
      duplicate_charge_id: null,
      enhanced_evidence: {},
      product_description: null,
      receipt: null,
      refund_policy: null,
      refund_policy_disclosure: null,
      refund_refusal_explanation: null,
      service_date: null,
      service_documentation: null,
      shipping_address: null,
      shipping_carrier: null,
      shipping_date: null,
      shipping_documentation: null,
      shipping_tracking_number: null,
      uncategorized_file: null,
      uncategorized_text: null,
    },
    evidence_details: {
      due_by: responseDue(ctx.now),
      enhanced_eligibility: eligibility.status,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: charge.livemode,
    metadata: {},
    network_reason_code: networkCode,
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand, case_type: type, network: brand, network_reason_code: networkCode },
      type: 'card',
    },
    reason,
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  };
}
