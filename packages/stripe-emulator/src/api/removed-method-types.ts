import { invalidRequest } from '../core/errors';
import type { Schema } from '../core/params';

/** `payment_method_types` is gone from this API version; Stripe says so instead of calling it unknown. */
export function removedMethodTypes(): Schema<never> {
  return {
    parse(_node, path) {
      throw invalidRequest(
        'The `payment_method_types` parameter is no longer supported. Use `allowed_payment_method_types` or `excluded_payment_method_types` instead.',
        path,
        'payment_method_types_no_longer_supported',
      );
    },
  };
}
