const NOTICES = {
  canceled: 'Your subscription is canceled.',
  canceling: 'Your subscription will be canceled at the end of the period you have paid for.',
  renewed: 'Your subscription goes on.',
  updated: 'Your subscription is updated.',
  scheduled: 'Your change is scheduled.',
  kept: 'Your plan stays as it is.',
  paused: 'Your subscription is paused.',
  resumed: 'Your subscription is running again.',
  resume_unpaid:
    'The payment did not go through, so your subscription is still paused. Pay the open invoice, or choose another card.',
  offer: 'The discount is yours. Thank you for staying.',
  card_added: 'Your payment method is added.',
  card_default: 'Your default payment method is changed.',
  card_removed: 'The payment method is removed.',
  details: 'Your billing information is saved.',
} as const;

export type NoticeKey = keyof typeof NOTICES;

/** The sentence for a notice named in an address, if there is one of that name. */
export function findNotice(key: string | undefined): string | undefined {
  return key !== undefined && isNotice(key) ? NOTICES[key] : undefined;
}

function isNotice(key: string): key is NoticeKey {
  return Object.hasOwn(NOTICES, key);
}
