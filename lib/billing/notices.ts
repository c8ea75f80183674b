/**
 * What people are told after they did something in billing. The pages receive a key in their
 * address and look the words up here, so no address can put words on a page.
 */
const problems = {
  unavailable: {
    title: 'Our payment provider did not answer',
    detail:
      'Nothing was changed and nothing was charged. This usually passes within a minute: please try again.',
  },
  'not-set-up': {
    title: 'We could not open billing',
    detail:
      'This is a fault on our side and we have been told about it. Nothing was changed and nothing was charged.',
  },
  'customer-gone': {
    title: 'Your billing account was closed',
    detail:
      'Nothing is charged any more. Your past invoices stay below, and you can choose a plan again at any time.',
  },
  'too-often': {
    title: 'That was a little fast',
    detail: 'Nothing was changed. Please wait a minute, then try again.',
  },
  'no-customer': {
    title: 'There is nothing to manage yet',
    detail: 'Billing opens once you have chosen a plan. Until then you are on the free plan.',
  },
  'already-subscribed': {
    title: 'You already have a plan',
    detail: 'Nothing was charged. To change it, use Manage billing below.',
  },
  'unknown-plan': {
    title: 'We do not sell that plan',
    detail: 'It may have been renamed since the page was opened. Please choose again.',
  },
} as const;

const notices = {
  canceling: {
    title: 'Your plan will end',
    detail: 'You keep everything until the date below, and nothing is charged after it.',
  },
  kept: {
    title: 'Your plan goes on',
    detail: 'Nothing was cancelled. A discount you accepted is taken off your next invoices.',
  },
  paused: { title: 'Your plan is paused', detail: 'You can resume it whenever you like.' },
  changed: { title: 'Your plan has changed', detail: 'What you have now is shown below.' },
  'card-saved': { title: 'Your card is saved', detail: 'It is used from the next payment on.' },
  'details-saved': {
    title: 'Your billing details are saved',
    detail: 'They appear on your next invoice.',
  },
  subscribed: {
    title: 'Thank you',
    detail: 'Your plan is active. A receipt is on its way to you.',
  },
  pending: {
    title: 'Your payment is being confirmed',
    detail: 'Your plan starts as soon as it is. You need not pay again.',
  },
  stale: {
    title: 'This page may be a little behind',
    detail:
      'Our payment provider did not answer just now; what you changed will show here shortly.',
  },
} as const;

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
