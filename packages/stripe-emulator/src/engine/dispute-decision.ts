import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { soon } from '../core/soon';
import { needsFeeAcknowledged } from './dispute-eligibility';
import { responseDue } from './dispute-object';
import { withdraw } from './dispute-open';
import { moveDisputed } from './funds';
import type { Charge, Dispute } from './objects';

/** How long the bank takes to decide, where the evidence says how it will. */
const DECISION_SECONDS = 1;

/** The evidence of a dispute goes to the bank. @throws StripeError when it cannot be taken */
export function submitEvidence(ctx: Context, dispute: Dispute): Dispute {
  if (needsFeeAcknowledged(dispute)) {
    throw invalidRequest(
      'Evidence for this compliance dispute can be submitted once `fee_acknowledged` is true.',
      'evidence[enhanced_evidence]',
    );
  }
  const details = dispute.evidence_details;
  if (outcomeOf(dispute)) soon(ctx, 'dispute.decide', dispute.id, DECISION_SECONDS);
  return ctx.update('dispute', dispute.id, {
    evidence_details: {
      ...details,
      past_due: details.due_by !== null && ctx.now > details.due_by,
      submission_count: details.submission_count + 1,
      submission_method: 'manual',
    },
    status: isInquiry(dispute) ? 'warning_under_review' : 'under_review',
  });
}

/** The bank has decided as the evidence told it to. */
export function decisionDue(request: Context, id: string): void {
  const dispute = request.find('dispute', id);
  if (!dispute?.status.endsWith('under_review')) return;
  const customer = request.find('charge', dispute.charge)?.customer;
  const ctx = request.onClockOf(customer ? request.find('customer', customer) : undefined);
  const outcome = outcomeOf(dispute);
  if (isInquiry(dispute) && outcome === 'escalated') escalate(ctx, dispute);
  else if (isInquiry(dispute)) closeDispute(ctx, dispute, 'warning_closed');
  else if (outcome === 'won') win(ctx, dispute);
  else closeDispute(ctx, dispute, 'lost');
}

/** Nobody answered in time: a dispute is lost; an inquiry came to nothing. */
export function responseOverdue(ctx: Context, id: string): void {
  const dispute = ctx.find('dispute', id);
  if (dispute && waitsForResponse(dispute)) {
    closeDispute(ctx, dispute, isInquiry(dispute) ? 'warning_closed' : 'lost');
  }
}

/** Ends a dispute; writes `charge.dispute.closed`. */
export function closeDispute(
  ctx: Context,
  dispute: Dispute,
  status: 'lost' | 'warning_closed' | 'won',
): Dispute {
  ctx.schedule('dispute.overdue', dispute.id, null);
  const closed = ctx.update('dispute', dispute.id, { is_charge_refundable: false, status });
  ctx.emit('charge.dispute.closed', closed);
  return closed;
}

/** Refunding a charge wholly answers what was asked about it. */
export function closeInquiries(ctx: Context, charge: Charge): void {
  for (const dispute of [...ctx.by('dispute', 'charge', charge.id)]) {
    if (isInquiry(dispute) && dispute.status !== 'warning_closed') {
      closeDispute(ctx, dispute, 'warning_closed');
    }
  }
}

export function waitsForResponse({ status }: Dispute): boolean {
  return status === 'needs_response' || status === 'warning_needs_response';
}

/** A question of the bank's, for which no money has moved. */
export function isInquiry({ status }: Dispute): boolean {
  return status.startsWith('warning_');
}

/** An inquiry becomes a dispute, to be answered again. */
function escalate(ctx: Context, dispute: Dispute): void {
  const card = dispute.payment_method_details?.card;
  const escalated = ctx.update('dispute', dispute.id, {
    evidence: { ...dispute.evidence, uncategorized_text: null },
    evidence_details: {
      ...dispute.evidence_details,
      due_by: responseDue(ctx.now),
      has_evidence: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    ...(card && {
      payment_method_details: { card: { ...card, case_type: 'chargeback' }, type: 'card' },
    }),
  });
  withdraw(ctx, escalated, 'charge.dispute.updated');
}

function win(ctx: Context, dispute: Dispute): void {
  const moved = moveDisputed(ctx, dispute, 'reinstated');
  const reinstated = ctx.update('dispute', dispute.id, {
    balance_transactions: [...dispute.balance_transactions, moved],
    status: 'won',
  });
  ctx.emit('charge.dispute.funds_reinstated', reinstated);
  closeDispute(ctx, reinstated, 'won');
}

/** What Stripe's published words in the evidence ask the bank to decide. */
function outcomeOf({ evidence }: Dispute): 'won' | 'lost' | 'escalated' | undefined {
  switch (evidence.uncategorized_text?.trim()) {
    case 'winning_evidence':
      return 'won';
    case 'losing_evidence':
      return 'lost';
    case 'escalate_inquiry_evidence':
      return 'escalated';
    default:
      return undefined;
  }
}
