import { limits } from '../billing/plans';
import type { Formats } from '../format';
import { product } from '../product';
import { english as words } from '../words/english';
import type { Price } from './mail-kinds';
import type { MailTexts } from './mail-texts';

export const english: MailTexts = {
  fallback: 'If the button does not work, open this link:',
  footer: {
    money: `You get this e-mail because it is about your payments to ${product.name}.`,
    safety: `You get this e-mail because it is about the safety of your ${product.name} account.`,
    invited:
      'You receive this e-mail because somebody entered your address to invite you. If you do not know them, ignore it: nothing happens then.',
    optional: 'You can turn off e-mails like this one in your settings.',
  },
  links: {
    sign_in: {
      subject: `Sign in to ${product.name}`,
      paragraphs: ['This link signs you in. It works once and expires after 24 hours.'],
      button: 'Sign in',
      footer:
        'If you did not request it, you can ignore this e-mail: nobody can sign in without the link.',
    },
    change_email: {
      subject: `Use this address for ${product.name}`,
      paragraphs: [
        'Follow the link to get your sign-in links at this address. It works for an hour.',
      ],
      button: 'Use this address',
      footer: 'If you did not request it, you can ignore this e-mail: nothing changes then.',
    },
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
  trial_ended: ({ plan, price, goesOn, why }, formats) => ({
    subject: `Your ${plan} trial has ended`,
    paragraphs: goesOn
      ? [
          `Your ${plan} plan continues${price ? ` for ${per(price, formats)}` : ''}. You do not have to do anything.`,
        ]
      : [
          ...(why === 'used'
            ? ['There is one free trial per person and card, and this was not the first.']
            : []),
          `Nothing was charged. You no longer have what ${plan} adds; what you have made is still there.`,
          why === 'paused'
            ? `To go on with ${plan}${price ? ` for ${per(price, formats)}` : ''}, add a card and resume it.`
            : `To go on with ${plan}${price ? ` for ${per(price, formats)}` : ''}, choose it again.`,
        ],
    button: goesOn || why === 'paused' ? 'Manage billing' : 'See the plans',
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
  plan_planned: ({ plan, at, quantity, price }, formats) => ({
    subject: `Your plan will change on ${formats.day(at)}`,
    paragraphs: [
      `On ${formats.day(at)} your plan changes${plan ? ` to ${plan}` : ''}${quantity > 1 ? ` for ${quantity} people` : ''}${price ? `, at ${per(price, formats)}` : ''}. Until then everything stays as it is.`,
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
  ended: ({ plan, endedAt, isSecond }, formats) => ({
    subject: isSecond ? `Your second plan, ${plan}, is canceled` : `Your ${plan} plan has ended`,
    paragraphs: [
      ...(isSecond
        ? [
            'You already had a plan, so we canceled this one. Whatever you paid for it is refunded. Your first plan stays as it is.',
          ]
        : []),
      `${plan} ended on ${formats.day(endedAt)}. You will not be charged again, and what you have made is still there.`,
    ],
    button: 'See the plans',
  }),
  limit_reached: ({ limit, allowed, plan, more }) => ({
    subject: `You have reached your limit of ${words.usage.amount(limit, allowed)}`,
    paragraphs: [
      `On ${plan}, you can have ${words.usage.amount(limit, allowed)}. ${limits[limit].per ? 'Your dashboard shows when counting starts again.' : 'To make room, delete what you no longer need.'}`,
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
  new_browser: ({ browser, at }, formats) => ({
    subject: `New sign-in to ${product.name}`,
    paragraphs: [
      `Somebody signed in to your account with a browser that we did not know: ${browser}, on ${formats.moment(at)}.`,
      'If that was you, you do not have to do anything. If not, sign out everywhere in your settings, and make sure that nobody else can read your e-mail.',
    ],
    button: 'Open your settings',
  }),
  email_changed: ({ email }) => ({
    subject: 'The e-mail address of your account has changed',
    paragraphs: [
      `Sign-in links for your ${product.name} account now go to ${email} and no longer to this address.`,
      `If you did not want that, please write to ${product.supportEmail} at once.`,
    ],
    button: `Open ${product.name}`,
  }),
  invited: ({ team, by, expires }, formats) => ({
    subject: `You are invited to join ${team} at ${product.name}`,
    paragraphs: [
      `${by} invites you to join the team “${team}”. Whatever plan the team has, you use it too, and pay nothing for it.`,
      `The invitation is for this address, and for you alone. It expires on ${formats.day(expires)}.`,
    ],
    button: 'See the invitation',
  }),
  team_deleted: ({ team, refund }, formats) => ({
    subject: `The team ${team} is deleted`,
    paragraphs: [
      `The team “${team}” and all that it had are deleted, as its owner asked. Its plan has ended, and nothing will be charged again.`,
      ...(refund
        ? [
            `We have refunded ${formats.exactMoney(refund.amount, refund.currency)} for the time that was paid and not used. It takes the bank a few days.`,
          ]
        : []),
    ],
    button: `Open ${product.name}`,
  }),
  goodbye: () => ({
    subject: `Your ${product.name} account is deleted`,
    paragraphs: [
      'Your account and your data are deleted, as you asked. Your plan has ended, and you will not be charged again.',
      'This is our last e-mail to you. You can come back at any time with a new account.',
    ],
    button: `Visit ${product.name}`,
  }),
};

/** `$12 a month`, or `$30 every 3 months`. */
function per({ amount, currency, interval, intervalCount }: Price, formats: Formats): string {
  const money = formats.money(amount, currency);
  return intervalCount === 1
    ? `${money} a ${interval}`
    : `${money} every ${intervalCount} ${interval}s`;
}
