import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { previousAttributes } from '../core/event';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import { boolean, type FieldOutputs, id, oneOf } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import {
  closeDispute,
  decisionDue,
  isInquiry,
  responseOverdue,
  submitEvidence,
  waitsForResponse,
} from '../engine/dispute-decision';
import { eligibilityWith } from '../engine/dispute-eligibility';
import { disputeDue } from '../engine/dispute-open';
import { evidenceParam, mergeEvidence } from './dispute-evidence';

const right = 'dispute';

const updateFields = {
  evidence: evidenceParam,
  intended_submission_method: oneOf([
    'manual',
    'prefer_manual',
    'prefer_smart_disputes',
    'smart_disputes',
  ]),
  metadata: metadata(),
  submit: boolean(),
};

/** What the holders of cards object to; opened by test cards a moment after the charge. */
export const disputes: Resource = {
  routes: [
    route(
      'GET /v1/disputes',
      { right, params: { ...paging, charge: id(), created: timeRange(), payment_intent: id() } },
      (ctx, params) =>
        ctx.list('dispute', params, '/v1/disputes', {
          by: params.charge ? ['charge', params.charge] : ['payment_intent', params.payment_intent],
          where: (dispute) =>
            isWithin(dispute.created, params.created) &&
            (params.payment_intent ?? dispute.payment_intent) === dispute.payment_intent,
        }),
    ),
    route('GET /v1/disputes/:dispute', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('dispute', path.dispute),
    ),
    route('POST /v1/disputes/:dispute', { right, params: updateFields }, (ctx, params, path) => {
      const dispute = ctx.get('dispute', path.dispute);
      return updateDispute(onClock(ctx, dispute), dispute, params);
    }),
    route('POST /v1/disputes/:dispute/close', { right, params: {} }, (ctx, _params, path) => {
      const dispute = ctx.get('dispute', path.dispute);
      if (dispute.status === 'needs_response') {
        return closeDispute(onClock(ctx, dispute), dispute, 'lost');
      }
      throw isInquiry(dispute)
        ? invalidRequest('This dispute is an inquiry: refund the charge to accept it.')
        : closedAlready(dispute);
    }),
  ],
  expansions: {
    dispute: { charge: 'charge', payment_intent: 'payment_intent' },
  },
  due: {
    'charge.dispute': disputeDue,
    'dispute.decide': decisionDue,
    'dispute.overdue': responseOverdue,
  },
};

/** New evidence is staged, and sent to the bank unless the request says not to. */
function updateDispute(
  ctx: Context,
  dispute: Stored<'dispute'>,
  params: FieldOutputs<typeof updateFields>,
): Stored<'dispute'> {
  const { evidence: change, intended_submission_method: method, submit } = params;
  const submits = submit ?? change !== undefined;
  if ((change || submits) && !waitsForResponse(dispute)) throw closedAlready(dispute);
  const evidence = change ? mergeEvidence(dispute.evidence, change) : dispute.evidence;
  const details = dispute.evidence_details;
  const staged = ctx.update('dispute', dispute.id, {
    evidence,
    evidence_details: {
      ...details,
      enhanced_eligibility: eligibilityWith(
        dispute.enhanced_eligibility_types,
        evidence.enhanced_evidence,
      ),
      has_evidence: details.has_evidence || change !== undefined,
    },
    ...(method && { intended_submission_method: method }),
    metadata: mergeMetadata(dispute.metadata, params.metadata),
  });
  const present = submits ? submitEvidence(ctx, staged) : staged;
  const previous = previousAttributes(dispute, present);
  if (previous) ctx.emit('charge.dispute.updated', present, previous);
  return present;
}

function closedAlready(dispute: Stored<'dispute'>): Error {
  return invalidRequest(
    dispute.status.endsWith('under_review')
      ? 'Evidence has already been submitted for this dispute.'
      : 'This dispute is already closed.',
  );
}

function onClock(ctx: Context, dispute: Stored<'dispute'>): Context {
  const customer = ctx.find('charge', dispute.charge)?.customer;
  return ctx.onClockOf(customer ? ctx.find('customer', customer) : undefined);
}
