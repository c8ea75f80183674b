/**
 * The messages shown after somebody did something in billing. Pages receive only a key in their
 * query and look the text up here, so no address can put its own text on a page.
 */
const problems = {
  unavailable: {
    title: 'Our payment provider did not answer',
    detail:
      'Nothing was changed and nothing was charged. This is usually over within a minute, so please try again.',
  },
  'not-set-up': {
    title: 'We could not open billing',
    detail:
      'This is a fault on our side. Nothing was changed and nothing was charged. Please try again later.',
  },
  'customer-gone': {
    title: 'Your billing account was closed',
    detail:
      'You will not be charged again. Your past invoices are listed below, and you can choose a new plan at any time.',
  },
  'too-often': {
    title: 'Too many requests',
    detail: 'Nothing was changed. Please wait a minute, then try again.',
  },
  'no-customer': {
    title: 'There is nothing to manage yet',
    detail:
      'You can manage billing once you have chosen a plan. Until then, you are on the free plan.',
  },
  'already-subscribed': {
    title: 'You already have a plan',
    detail: 'Nothing was charged. To change it, use Manage billing below.',
  },
  'account-deleted': {
    title: 'This account is being deleted',
    detail: 'Nothing was sold and nothing is charged.',
  },
  'nothing-to-keep': {
    title: 'Your plan has ended already',
    detail: 'Nothing was changed. You can choose a new plan at any time.',
  },
  'nothing-paused': {
    title: 'There is nothing to resume',
    detail: 'Your plan is not paused any more. Nothing was changed and nothing was charged.',
  },
  'no-card': {
    title: 'Add a card first',
    detail:
      'There is no card on file to pay with. Nothing was changed. Choose Update card, then resume your plan.',
  },
  'unknown-plan': {
    title: 'That plan is not available',
    detail: 'It may have changed since you opened the page. Please choose again.',
  },
} as const;

const notices = {
  canceling: {
    title: 'Your plan will end',
    detail: 'You keep it until the date below and will not be charged again.',
  },
  kept: {
    title: 'Your plan continues',
    detail:
      'Nothing about it changes. If you accepted a discount, it applies to your next invoices.',
  },
  paused: { title: 'Your plan is paused', detail: 'You can resume it whenever you like.' },
  resumed: { title: 'Your plan continues', detail: 'It is active again. See the details below.' },
  changed: { title: 'Your plan has changed', detail: 'Your new plan is shown below.' },
  'card-saved': { title: 'Your card is saved', detail: 'It will be used for your next payment.' },
  'details-saved': {
    title: 'Your billing details are saved',
    detail: 'They will appear on your next invoice.',
  },
  subscribed: {
    title: 'Thank you',
    detail: 'Your plan is active. You can find your invoices below.',
  },
  pending: {
    title: 'Your payment is being confirmed',
    detail: 'Your plan starts as soon as it is. You do not need to pay again.',
  },
  stale: {
    title: 'This page may be out of date',
    detail: 'Our payment provider did not answer just now. Your changes will appear here shortly.',
  },
} as const;

/**
 * The page shows a notice only to the browser that has just come back from Stripe: the return route
 * sets this cookie, and `proxy.ts` removes it with the page that shows the notice. So no link can tell
 * somebody that something happened to their plan.
 */
export const noticeCookie = { name: 'billing-notice', path: '/billing' } as const;

export type Problem = keyof typeof problems;
export type Notice = keyof typeof notices;
export type Words = { title: string; detail: string };

/** The words of the problem that a page's address names, or null when it names none of ours. */
export function findProblem(key: unknown): (Words & { key: Problem }) | null {
  return find(problems, key);
}

/** The words of the notice that a page's address names, or null when it names none of ours. */
export function findNotice(key: unknown): (Words & { key: Notice }) | null {
  return find(notices, key);
}

function find<Key extends string>(
  words: Readonly<Record<Key, Words>>,
  key: unknown,
): (Words & { key: Key }) | null {
  const isKey = (value: unknown): value is Key =>
    typeof value === 'string' && Object.hasOwn(words, value);
  return isKey(key) ? { key, ...words[key] } : null;
}
