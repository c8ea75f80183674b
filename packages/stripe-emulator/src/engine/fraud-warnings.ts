import type { Context } from '../core/context';
import { newId } from '../core/ids';

/** The bank reports a charge as fraud, though nobody has disputed it yet. */
export function fraudReported(request: Context, chargeId: string): void {
  const charge = request.find('charge', chargeId);
  if (!charge) return;
  const customer = charge.customer ? request.find('customer', charge.customer) : undefined;
  const ctx = request.onClockOf(customer);
  ctx.insert(
    'radar.early_fraud_warning',
    {
      id: newId('issfr'),
      object: 'radar.early_fraud_warning',
      actionable: !charge.refunded && !charge.disputed,
      charge: charge.id,
      created: ctx.now,
      fraud_type: 'misc',
      livemode: ctx.livemode,
      ...(charge.payment_intent && { payment_intent: charge.payment_intent }),
    },
    'radar.early_fraud_warning.created',
  );
}

/** A charge was disputed or wholly refunded: nothing can be done about a warning any more. */
export function settleFraudWarnings(ctx: Context, charge: string): void {
  for (const { id } of [...ctx.by('radar.early_fraud_warning', 'charge', charge)]) {
    const event = 'radar.early_fraud_warning.updated';
    ctx.update('radar.early_fraud_warning', id, { actionable: false }, event);
  }
}
