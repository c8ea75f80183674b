import type { Context } from '../core/context';
import { locationOf } from './line-taxes';
import { unlocated } from './tax-location';

/**
 * Refuses to finalize a draft by hand whose tax cannot be calculated. The failure is kept on the draft,
 * and told by an event.
 *
 * @throws StripeError `customer_tax_location_invalid`
 */
export function refuseUntaxable(ctx: Context, id: string): void {
  const draft = ctx.get('invoice', id);
  if (draft.status !== 'draft' || !draft.automatic_tax.enabled || locationOf(ctx, draft)) return;
  const error = unlocated({ keepsChanges: true });
  const { doc_url, message } = error.body;
  const failed = ctx.update('invoice', id, {
    automatic_tax: { ...draft.automatic_tax, status: 'requires_location_inputs' },
    last_finalization_error: {
      code: 'customer_tax_location_invalid',
      doc_url,
      message,
      type: 'invalid_request_error',
    },
  });
  ctx.emit('invoice.finalization_failed', failed);
  throw error;
}
