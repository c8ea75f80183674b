/** Why a card payment failed, in the words of Stripe's error object. */
export interface Decline {
  code: 'card_declined' | 'expired_card' | 'incorrect_cvc' | 'processing_error';
  decline_code: string;
  message: string;
}

const DECLINES: Readonly<Record<string, Decline>> = {
  generic_decline: card('generic_decline', 'Your card was declined.'),
  insufficient_funds: card('insufficient_funds', 'Your card has insufficient funds.'),
  lost_card: card('lost_card', 'Your card was declined.'),
  stolen_card: card('stolen_card', 'Your card was declined.'),
  card_velocity_exceeded: card(
    'card_velocity_exceeded',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
  expired_card: own('expired_card', 'Your card has expired.'),
  incorrect_cvc: own('incorrect_cvc', "Your card's security code is incorrect."),
  processing_error: own(
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
  ),
};

/** Stripe's code, decline code and message for a decline; unknown ones are generic. */
export function declineOf(reason: string): Decline {
  return DECLINES[reason] ?? card('generic_decline', 'Your card was declined.');
}

function card(decline_code: string, message: string): Decline {
  return { code: 'card_declined', decline_code, message };
}

function own(code: Decline['code'], message: string): Decline {
  return { code, decline_code: code, message };
}
