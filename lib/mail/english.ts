import type { Formats } from '../format';
import { product } from '../product';
import type { Price } from './mail-kinds';
import type { MailTexts } from './mail-texts';

export const english: MailTexts = {
  fallback: 'If the button does not work, open this link:',
  footer: {
    money: `You get this e-mail because it is about your payments to ${product.name}.`,
    optional: 'You can turn off e-mails like this one in your settings.',
  },
  welcome: ({ plan, price, trialEndsAt }, formats) => ({
    subject: trialEndsAt ? `Your ${plan} trial has started` : `Welcome to ${plan}`,
    paragraphs: trialEndsAt
      ? [
          `You can use everything in ${plan} until ${formats.day(trialEndsAt)}, free of charge.`,
          ...(price ? [`After that, ${plan} costs ${per(price, formats)}.`] : []),
        ]
      : [`Your ${plan} plan is active${price ? ` and costs ${per(price, formats)}` : ''}.`],
    button: 'Open the dashboard',
  }),
  trial_ending: ({ plan, price, trialEndsAt, hasCard }, formats) => ({
    subject: `Your ${plan} trial ends on ${formats.day(trialEndsAt)}`,
    paragraphs: hasCard
      ? [
          `From then on, ${plan} ${price ? `costs ${per(price, formats)}` : 'is paid for'}. We will charge your card on ${formats.day(trialEndsAt)}.`,
          'If you do not want that, cancel before that day.',
        ]
      : [
          `To keep ${plan}${price ? ` for ${per(price, formats)}` : ''}, add a card before that day.`,
          'Without a card the trial just ends, and nothing is charged.',
        ],
    button: hasCard ? 'Manage billing' : 'Add a card',
  }),
  trial_ended: ({ plan, price, goesOn }, formats) => ({
    subject: `Your ${plan} trial has ended`,
    paragraphs: goesOn
      ? [
          `Your ${plan} plan continues${price ? ` for ${per(price, formats)}` : ''}. You do not have to do anything.`,
        ]
      : [
          `Nothing was charged. You no longer have what ${plan} adds; what you have made is still there.`,
          `To go on with ${plan}, choose it again.`,
        ],
    button: goesOn ? 'Manage billing' : 'See the plans',
  }),
  receipt: ({ amount, currency, plan, paidAt }, formats) => ({
    subject: `Receipt for ${formats.exactMoney(amount, currency)}`,
    paragraphs: [
      `We received your payment of ${formats.exactMoney(amount, currency)}${plan ? ` for ${plan}` : ''} on ${formats.day(paidAt)}. Thank you.`,
    ],
    button: 'View the invoice',
  }),
  payment_failed: ({ amount, currency, plan, nextAttemptAt }, formats) => ({
    subject: `Your payment of ${formats.exactMoney(amount, currency)} did not go through`,
    paragraphs: [
      `We could not charge ${formats.exactMoney(amount, currency)} for ${plan}. We will try again on ${formats.day(nextAttemptAt)}, and you keep ${plan} until then.`,
      'You can pay now, or use another card.',
    ],
    button: 'Pay now',
  }),
  payment_failed_finally: ({ amount, currency, plan }, formats) => ({
    subject: `We could not collect ${formats.exactMoney(amount, currency)}`,
    paragraphs: [
      `We tried several times to charge ${formats.exactMoney(amount, currency)} for ${plan}, and will not try again.`,
      `Without this payment ${plan} does not continue. What you have made is still there.`,
    ],
    button: 'See what to do',
  }),
  action_required: ({ amount, currency, plan }, formats) => ({
    subject: `Confirm your payment of ${formats.exactMoney(amount, currency)}`,
    paragraphs: [
      `Your bank wants you to confirm the payment of ${formats.exactMoney(amount, currency)} for ${plan}. Until you do, it is not paid.`,
    ],
    button: 'Confirm the payment',
  }),
  card_expiring: ({ brand, last4, expiresAt, nextPaymentAt }, formats) => ({
    subject: 'Your card expires before your next payment',
    paragraphs: [
      `Your card (${brand} ending in ${last4}) expires at the end of ${formats.month(expiresAt)}, and your next payment is on ${formats.day(nextPaymentAt)}.`,
      'Add a new card so that the payment goes through.',
    ],
    button: 'Change the card',
  }),
  plan_changed: ({ plan, price, quantity }, formats) => ({
    subject: `You are now on ${plan}`,
    paragraphs: [
      `Your plan has changed: ${plan}${quantity > 1 ? ` for ${quantity} people` : ''}${price ? `, at ${per(price, formats)}` : ''}.`,
    ],
    button: 'Manage billing',
  }),
  plan_planned: ({ plan, at }, formats) => ({
    subject: `Your plan will change on ${formats.day(at)}`,
    paragraphs: [
      `On ${formats.day(at)} your plan changes${plan ? ` to ${plan}` : ''}. Until then everything stays as it is.`,
      'You can keep your present plan until that day.',
    ],
    button: 'Manage billing',
  }),
  canceled: ({ plan, endsAt }, formats) => ({
    subject: `Your ${plan} plan ends on ${formats.day(endsAt)}`,
    paragraphs: [
      `We have canceled ${plan} as you asked. You can use it until ${formats.day(endsAt)}, and will not be charged again.`,
      'If you change your mind, you can keep your plan until that day.',
    ],
    button: 'Keep my plan',
  }),
  ended: ({ plan, endedAt }, formats) => ({
    subject: `Your ${plan} plan has ended`,
    paragraphs: [
      `${plan} ended on ${formats.day(endedAt)}. You will not be charged again, and what you have made is still there.`,
    ],
    button: 'See the plans',
  }),
  limit_reached: ({ things, allowed, plan, more }) => ({
    subject: `You have used all ${allowed} ${things}`,
    paragraphs: [
      `${plan} includes ${allowed} ${things}, and you have used them.`,
      ...(more ? [`${more} includes more.`] : []),
    ],
    button: more ? 'See the plans' : 'Open the dashboard',
  }),
  refunded: ({ amount, currency }, formats) => ({
    subject: `We have refunded ${formats.exactMoney(amount, currency)}`,
    paragraphs: [
      `${formats.exactMoney(amount, currency)} is on its way back to you. Your bank may take up to ten days to show it.`,
    ],
    button: 'View the invoice',
  }),
};

/** `$12 a month`, or `$30 every 3 months`. */
function per({ amount, currency, interval, intervalCount }: Price, formats: Formats): string {
  const money = formats.money(amount, currency);
  return intervalCount === 1
    ? `${money} a ${interval}`
    : `${money} every ${intervalCount} ${interval}s`;
}
