import { invalidRequest } from '../core/errors';
import { exclusive, type FieldOutputs, missingParam } from '../core/params';
import type { sessionParams } from './checkout-session-params';

type Params = FieldOutputs<typeof sessionParams>;

type Mode = NonNullable<Params['mode']>;

/** The parameters that only some modes take. */
const TAKEN_IN: ReadonlyMap<keyof Params, readonly Mode[]> = new Map<keyof Params, Mode[]>([
  ['allow_promotion_codes', ['payment', 'subscription']],
  ['customer_creation', ['payment', 'setup']],
  ['discounts', ['payment', 'subscription']],
  ['invoice_creation', ['payment']],
  ['line_items', ['payment', 'subscription']],
  ['payment_intent_data', ['payment']],
  ['payment_method_collection', ['subscription']],
  ['setup_intent_data', ['setup']],
  ['subscription_data', ['subscription']],
]);

/**
 * Refuses parameters that contradict one another, and what is missing.
 * @param isLinked a payment link opens it, after which there may be nowhere to go
 * @throws StripeError
 */
export function refuseContradictions(params: Params, isLinked = false): void {
  checkMode(params);
  refuseOtherPages(params);
  exclusive(params, 'customer', 'customer_email');
  exclusive(params, 'customer', 'customer_account');
  exclusive(params, 'allow_promotion_codes', 'discounts');
  if (params.customer_update && !params.customer && !params.customer_account) {
    throw invalidRequest('`customer_update` can only be used with `customer`.', 'customer_update');
  }
  if (params.success_url === undefined && !isLinked) throw missingParam('success_url');
  const update = params.customer_update;
  if (!params.customer) return;
  if (params.tax_id_collection?.enabled && update?.name !== 'auto') {
    throw invalidRequest(
      'Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.',
      'customer_update',
    );
  }
}

function checkMode(params: Params): void {
  const { mode } = params;
  if (mode === undefined) throw missingParam('mode');
  for (const [param, modes] of TAKEN_IN) {
    if (params[param] === undefined || modes.includes(mode)) continue;
    throw invalidRequest(`You can not pass \`${param}\` in \`${mode}\` mode.`, param);
  }
  if (mode === 'setup' && params.currency === undefined) throw missingParam('currency');
}

/** What is embedded in other pages needs Stripe.js, which talks to Stripe alone. */
function refuseOtherPages(params: Params): void {
  if (params.ui_mode !== undefined && params.ui_mode !== 'hosted_page') {
    throw invalidRequest(
      `Invalid ui_mode: the emulator's Checkout has \`hosted_page\` only, not \`${params.ui_mode}\`.`,
      'ui_mode',
    );
  }
  for (const param of ['return_url', 'redirect_on_completion'] as const) {
    if (params[param] === undefined) continue;
    throw invalidRequest(
      `You can not pass \`${param}\` when \`ui_mode\` is \`hosted_page\`.`,
      param,
    );
  }
}
