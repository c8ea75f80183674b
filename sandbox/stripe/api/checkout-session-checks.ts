import { invalidRequest } from '../core/errors';
import { exclusive, type FieldOutputs, missingParam } from '../core/params';
import type { sessionParams } from './checkout-session-params';

type Params = FieldOutputs<typeof sessionParams>;

/** Refuses parameters that contradict one another, and what is missing. @throws StripeError */
export function refuseContradictions(params: Params): void {
  refuseOtherModes(params);
  exclusive(params, 'customer', 'customer_email');
  exclusive(params, 'customer', 'customer_account');
  exclusive(params, 'allow_promotion_codes', 'discounts');
  if (params.customer_update && !params.customer && !params.customer_account) {
    throw invalidRequest('`customer_update` can only be used with `customer`.', 'customer_update');
  }
  const isHosted = (params.ui_mode ?? 'hosted_page') === 'hosted_page';
  if (isHosted && params.success_url === undefined) throw missingParam('success_url');
  if (!isHosted && params.return_url === undefined && params.redirect_on_completion !== 'never') {
    throw missingParam('return_url');
  }
  const update = params.customer_update;
  if (!params.customer) return;
  if (params.automatic_tax?.enabled && update?.address !== 'auto' && update?.shipping !== 'auto') {
    throw invalidRequest(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      'customer_update',
    );
  }
  if (params.tax_id_collection?.enabled && update?.name !== 'auto') {
    throw invalidRequest(
      'Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.',
      'customer_update',
    );
  }
}

function refuseOtherModes(params: Params): void {
  if (params.mode === undefined) throw missingParam('mode');
  if (params.mode === 'subscription') return;
  throw invalidRequest(
    `Invalid mode: the sandbox's Checkout has \`subscription\` only, not \`${params.mode}\`.`,
    'mode',
  );
}
