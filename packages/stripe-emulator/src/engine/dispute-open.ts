import type { Context } from '../core/context';
import { cardOf } from './cards';
import { newDispute } from './dispute-object';
import { settleFraudWarnings } from './fraud-warnings';
import { moveDisputed } from './funds';
import type { Charge, Dispute } from './objects';
import type { DisputeKind } from './test-cards';

const DAY = 86_400;
/** An inquiry that nobody escalates is over by then (docs.stripe.com/disputes/how-disputes-work). */
const INQUIRY_DAYS = 120;

/** The holder of the card disputes a charge, or one half of it and the other. */
export function disputeDue(request: Context, chargeId: string): void {
  const charge = request.find('charge', chargeId);
  if (!charge?.captured || charge.refunded || charge.disputed) return;
  const customer = charge.customer ? request.find('customer', charge.customer) : undefined;
  const ctx = request.onClockOf(customer);
  const kind = kindOf(ctx, charge);
  if (!kind) return;
  const whole = charge.amount_captured;
  const first = kind === 'multiple' ? Math.floor(whole / 2) : whole;
  ctx.update('charge', charge.id, { disputed: true });
  openDispute(ctx, charge, kind, first);
  if (kind === 'multiple') openDispute(ctx, charge, kind, whole - first);
  settleFraudWarnings(ctx, charge.id);
}

/** Takes the disputed money out of the balance, and waits for evidence. */
export function withdraw(
  ctx: Context,
  dispute: Dispute,
  told: 'charge.dispute.created' | 'charge.dispute.updated',
): void {
  const moved = moveDisputed(ctx, dispute, 'withdrawn');
  const withdrawn = ctx.update('dispute', dispute.id, {
    balance_transactions: [...dispute.balance_transactions, moved],
    is_charge_refundable: false,
    status: 'needs_response',
  });
  ctx.emit(told, withdrawn);
  ctx.emit('charge.dispute.funds_withdrawn', withdrawn);
  ctx.schedule('dispute.overdue', dispute.id, dispute.evidence_details.due_by);
}

function openDispute(ctx: Context, charge: Charge, kind: DisputeKind, amount: number): void {
  const dispute = ctx.insert('dispute', newDispute(ctx, charge, kind, amount));
  if (kind === 'inquiry') {
    ctx.emit('charge.dispute.created', dispute);
    ctx.schedule('dispute.overdue', dispute.id, ctx.now + INQUIRY_DAYS * DAY);
  } else {
    withdraw(ctx, dispute, 'charge.dispute.created');
  }
}

function kindOf(ctx: Context, charge: Charge): DisputeKind | undefined {
  const method = charge.payment_method && ctx.find('payment_method', charge.payment_method);
  return method ? cardOf(ctx, method).dispute : undefined;
}
