import type { Context } from '../core/context';
import { newId, randomText } from '../core/ids';
import type { Customer, PaymentMethod, SetupIntent } from './objects';

/** What a new setup intent needs to be told. */
export interface SetupIntentSeed {
  automatic_payment_methods?: SetupIntent['automatic_payment_methods'];
  customer: Pick<Customer, 'id' | 'customer_account'> | undefined;
  description?: string;
  metadata: Record<string, string>;
  method: PaymentMethod | undefined;
  on_behalf_of?: string;
  usage?: 'off_session' | 'on_session';
}

/** Makes a setup intent, not yet confirmed; writes `setup_intent.created`. */
export function createSetupIntent(ctx: Context, seed: SetupIntentSeed): SetupIntent {
  const id = newId('seti');
  const intent: SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: seed.automatic_payment_methods ?? null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(24)}`,
    created: ctx.now,
    customer: seed.customer?.id ?? null,
    customer_account: seed.customer?.customer_account ?? null,
    description: seed.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: ctx.livemode,
    managed_payments: null,
    mandate: null,
    metadata: seed.metadata,
    next_action: null,
    on_behalf_of: seed.on_behalf_of ?? null,
    payment_method: seed.method?.id ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: seed.method ? 'requires_confirmation' : 'requires_payment_method',
    usage: seed.usage ?? 'off_session',
  };
  return ctx.insert('setup_intent', intent, 'setup_intent.created');
}
