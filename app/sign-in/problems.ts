/**
 * Why signing in failed.
 *
 * @param code next-auth's error code or one of ours, from the query; anything else gets a general
 *   message
 */
export function findSignInProblem(code: unknown): { title: string; detail: string } {
  return problems.find(({ codes }) => codes.some((each) => each === code)) ?? other;
}

const problems = [
  {
    codes: ['Verification'],
    title: 'That link no longer works',
    detail: 'Each link works once and expires after 24 hours. Request a new one below.',
  },
  {
    codes: ['InvalidEmail'],
    title: 'That is not an e-mail address',
    detail: 'Please check it for typos, such as a missing @, and try again.',
  },
  {
    codes: ['TooManyLinks'],
    title: 'Too many sign-in links',
    detail: 'The latest one in your inbox still works. If none has arrived, try again in an hour.',
  },
  {
    codes: ['EmailSignin'],
    title: 'We could not send the e-mail',
    detail: 'The problem is on our side. Please try again in a minute.',
  },
  {
    codes: ['OAuthAccountNotLinked'],
    title: 'You already have an account',
    detail: 'It was created another way with the same e-mail address. Sign in by e-mail instead.',
  },
  {
    codes: ['OAuthSignin', 'OAuthCallback', 'OAuthCreateAccount', 'Callback', 'AccessDenied'],
    title: 'The other service did not sign you in',
    detail: 'Please try again, or sign in by e-mail.',
  },
];

const other = {
  title: 'Signing in did not work',
  detail: 'Please try again. If it happens again, write to us at the address below.',
};
