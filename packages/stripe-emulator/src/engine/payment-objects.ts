import type { Decline } from './declines';
import type { Charge, PaymentIntent as Intent, PaymentMethod as Method } from './objects';

/** What a new payment intent needs to be told. */
export interface IntentSeed {
  id: string;
  secret: string;
  amount: number;
  created: number;
  currency: string;
  customer: string | null;
  description: string | null;
  livemode: boolean;
  metadata: Record<string, string>;
  on_behalf_of: string | null;
  receipt_email: string | null;
  setup_future_usage: Intent['setup_future_usage'];
}

/** How a card is charged unless a payment says otherwise. */
export const CARD_OPTIONS = {
  installments: null,
  mandate_options: null,
  network: null,
  request_three_d_secure: 'automatic',
} as const;

/** A payment intent that waits for a payment method. */
export function newPaymentIntent(seed: IntentSeed): Intent {
  return {
    id: seed.id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: seed.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${seed.id}_secret_${seed.secret}`,
    confirmation_method: 'automatic',
    created: seed.created,
    currency: seed.currency,
    customer: seed.customer,
    customer_account: null,
    description: seed.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: seed.livemode,
    managed_payments: { enabled: false },
    metadata: seed.metadata,
    next_action: null,
    on_behalf_of: seed.on_behalf_of,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: CARD_OPTIONS,
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: seed.receipt_email,
    review: null,
    setup_future_usage: seed.setup_future_usage,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}

/** What became of one attempt to charge a card, as a charge object. */
export interface ChargeSeed {
  id: string;
  checks: NonNullable<NonNullable<Charge['payment_method_details']>['card']>['checks'];
  created: number;
  decline: Decline | null;
  /** Unix seconds: until when the money is held; null when it was taken at once. */
  heldUntil: number | null;
  intent: Intent;
  method: Method;
  receiptUrl: string | null;
  risk: 'normal' | 'elevated' | 'highest';
  threeDSecure: NonNullable<
    NonNullable<Charge['payment_method_details']>['card']
  >['three_d_secure'];
}

/** A charge that succeeded, or only holds the money, or with `decline` one that failed. */
export function newCharge(seed: ChargeSeed): Charge {
  const { intent, method, decline } = seed;
  const isCaptured = !decline && seed.heldUntil === null;
  return {
    id: seed.id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      address: method.billing_details.address,
      email: method.billing_details.email,
      name: method.billing_details.name,
      phone: method.billing_details.phone,
      tax_id: null,
    },
    calculated_statement_descriptor: null,
    captured: isCaptured,
    created: seed.created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: intent.livemode,
    metadata: intent.metadata,
    on_behalf_of: intent.on_behalf_of,
    outcome: outcome(seed),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: paymentMethodDetails(seed),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: seed.receiptUrl,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}

function outcome({ decline, risk }: ChargeSeed): Charge['outcome'] {
  const verdict = {
    advice_code: decline?.advice ?? null,
    network_advice_code: null,
    network_decline_code: null,
    risk_level: risk,
  };
  if (decline?.blocked) {
    return {
      ...verdict,
      network_status: 'not_sent_to_network',
      reason: 'highest_risk_level',
      seller_message: 'Stripe blocked this payment as too risky.',
      type: 'blocked',
    };
  }
  return {
    ...verdict,
    network_status: decline ? 'declined_by_network' : 'approved_by_network',
    reason: decline?.decline_code ?? null,
    seller_message: decline ? 'The bank declined the payment.' : 'Payment complete.',
    type: decline ? 'issuer_declined' : 'authorized',
  };
}

function paymentMethodDetails(seed: ChargeSeed): Charge['payment_method_details'] {
  const { intent, method } = seed;
  const { card } = method;
  if (!card) return { type: method.type };
  return {
    card: {
      amount_authorized: intent.amount,
      authorization_code: null,
      brand: card.brand,
      ...(seed.heldUntil !== null && { capture_before: seed.heldUntil }),
      checks: seed.checks,
      country: card.country,
      electronic_commerce_indicator: seed.threeDSecure?.electronic_commerce_indicator ?? null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      extended_authorization: { status: 'disabled' },
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      incremental_authorization: { status: 'unavailable' },
      installments: null,
      last4: card.last4,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: card.brand,
      network_token: { used: false },
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
      regulated_status: card.regulated_status,
      three_d_secure: seed.threeDSecure,
      transaction_link_id: null,
      wallet: null,
    },
    type: 'card',
  };
}
