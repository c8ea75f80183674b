import type { Context } from '../core/context';
import { soon } from '../core/soon';
import { cardOf } from './cards';
import { receive } from './funds';
import type { Charge } from './objects';

/** How long the holder of a card takes to dispute a payment, or their bank to report it. */
const MOMENT_SECONDS = 1;

/**
 * The money of a captured charge goes into the balance, and the charge says as what. Some cards'
 * holders have something to say of it a moment later.
 */
export function recordFunds(ctx: Context, charge: Charge, event?: 'charge.updated'): Charge {
  const method = charge.payment_method && ctx.find('payment_method', charge.payment_method);
  const card = method ? cardOf(ctx, method) : undefined;
  const { id } = receive(ctx, charge, !card?.bypassesPending);
  if (card?.dispute) soon(ctx, 'charge.dispute', charge.id, MOMENT_SECONDS);
  if (card?.fraudWarning) soon(ctx, 'charge.report', charge.id, MOMENT_SECONDS);
  return ctx.update('charge', charge.id, { balance_transaction: id }, event);
}
