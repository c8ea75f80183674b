import { invalidRequest } from '../core/errors';
import { exclusive } from '../core/params';
import { sendsInvoices } from './subscription-fields';
import type { SubscriptionInput } from './subscription-input';

/** Refuses parameters of a new subscription that contradict one another. @throws StripeError */
export function refuseContradictions(input: SubscriptionInput): void {
  exclusive(input, 'trial_end', 'trial_period_days');
  exclusive(input, 'billing_cycle_anchor', 'billing_cycle_anchor_config');
  if (input.payment_behavior === 'pending_if_incomplete') {
    throw invalidRequest(
      'You can only use `payment_behavior=pending_if_incomplete` when updating a subscription.',
      'payment_behavior',
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
