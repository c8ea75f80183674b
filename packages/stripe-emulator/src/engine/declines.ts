/** What Stripe suggests to do about a declined card. */
export type Advice = 'confirm_card_data' | 'do_not_try_again' | 'try_again_later';

/** Why a card payment failed, in the words of Stripe's error object. */
export interface Decline {
  code:
    | 'authentication_required'
    | 'card_declined'
    | 'expired_card'
    | 'incorrect_cvc'
    | 'processing_error';
  decline_code: string;
  message: string;
  advice: Advice;
  /** Radar refused the payment, so that the bank was never asked. */
  blocked?: boolean;
}

const DECLINED = 'Your card was declined.';

const DECLINES: Readonly<Record<string, Decline>> = {
  insufficient_funds: card(
    'insufficient_funds',
    'try_again_later',
    'Your card has insufficient funds.',
  ),
  lost_card: card('lost_card', 'do_not_try_again'),
  stolen_card: card('stolen_card', 'do_not_try_again'),
  fraudulent: card('fraudulent', 'do_not_try_again'),
  card_velocity_exceeded: card(
    'card_velocity_exceeded',
    'try_again_later',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
  expired_card: own('expired_card', 'confirm_card_data', 'Your card has expired.'),
  incorrect_cvc: own(
    'incorrect_cvc',
    'confirm_card_data',
    "Your card's security code is incorrect.",
  ),
  processing_error: own(
    'processing_error',
    'try_again_later',
    'An error occurred while processing your card. Try again in a little bit.',
  ),
  authentication_required: own(
    'authentication_required',
    'confirm_card_data',
    'Your card was declined. This transaction requires authentication.',
  ),
};

/** The other decline codes that Stripe publishes (docs.stripe.com/declines/codes): all say the same. */
const OTHER_CODES: ReadonlySet<string> = new Set(
  'approve_with_id call_issuer card_not_supported currency_not_supported do_not_honor do_not_try_again duplicate_transaction generic_decline incorrect_address incorrect_pin incorrect_zip invalid_account invalid_amount issuer_not_available merchant_blacklist mobile_device_authentication_required new_account_information_available no_action_taken not_permitted offline_pin_required online_or_offline_pin_required pickup_card pin_try_exceeded reenter_transaction restricted_card revocation_of_all_authorizations revocation_of_authorization security_violation service_not_allowed stop_payment_order testmode_decline transaction_not_allowed try_again_later withdrawal_count_limit_exceeded'.split(
    ' ',
  ),
);

/** Radar's refusal of a payment that is too risky. */
export const BLOCKED: Decline = { ...card('fraudulent', 'do_not_try_again'), blocked: true };

/** Stripe's code, decline code and message for a decline; a code that Stripe does not have is generic. */
export function declineOf(reason: string): Decline {
  return DECLINES[reason] ?? card(OTHER_CODES.has(reason) ? reason : 'generic_decline');
}

function card(
  decline_code: string,
  advice: Advice = 'try_again_later',
  message = DECLINED,
): Decline {
  return { code: 'card_declined', decline_code, message, advice };
}

function own(code: Decline['code'], advice: Advice, message: string): Decline {
  return { code, decline_code: code, message, advice };
}
