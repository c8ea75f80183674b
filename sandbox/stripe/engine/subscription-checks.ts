import { invalidRequest } from '../core/errors';
import { exclusive } from '../core/params';
import { sendsInvoices } from './subscription-fields';
import type { SubscriptionInput } from './subscription-input';

/** Refuses parameters of a new subscription that contradict one another. @throws StripeError */
export function refuseContradictions(input: SubscriptionInput): void {
  exclusive(input, 'trial_end', 'trial_period_days');
  exclusive(input, 'billing_cycle_anchor', 'billing_cycle_anchor_config');
  if (input.cancel_at && input.cancel_at_period_end) {
    throw invalidRequest(
      'You may only specify one of these parameters: cancel_at, cancel_at_period_end.',
      'cancel_at',
    );
  }
  if (input.days_until_due !== undefined && !sendsInvoices(input)) {
    throw invalidRequest(
      'You can only specify `days_until_due` if `collection_method` is set to `send_invoice`.',
      'days_until_due',
    );
  }
  if (sendsInvoices(input) && input.days_until_due === undefined) {
    throw invalidRequest(
      'You must specify `days_until_due` if `collection_method` is set to `send_invoice`.',
      'days_until_due',
      'parameter_missing',
    );
  }
}
