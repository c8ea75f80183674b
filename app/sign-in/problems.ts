/**
 * Why a sign-in did not work, in words.
 *
 * @param code next-auth's error code, or one of ours, from the page's address; for any other
 *   value the answer says what helps in every case
 */
export function findSignInProblem(code: unknown): { title: string; detail: string } {
  return problems.find(({ codes }) => codes.some((each) => each === code)) ?? other;
}

const problems = [
  {
    codes: ['Verification'],
    title: 'That link does not work any more',
    detail: 'Each link works once and for a day. Have a new one sent below.',
  },
  {
    codes: ['InvalidEmail'],
    title: 'That is not an e-mail address',
    detail: 'Please check it for a slip, for example a missing @, and send it again.',
  },
  {
    codes: ['TooManyLinks'],
    title: 'Enough links are on their way',
    detail: 'The newest one in your inbox works. If none arrived, try again in an hour.',
  },
  {
    codes: ['EmailSignin'],
    title: 'We could not send the e-mail',
    detail: 'This is our fault, not yours. Please try again in a minute.',
  },
  {
    codes: ['OAuthAccountNotLinked'],
    title: 'You have an account here already',
    detail: 'It was made another way, with the same address. Sign in by e-mail instead.',
  },
  {
    codes: ['OAuthSignin', 'OAuthCallback', 'OAuthCreateAccount', 'Callback', 'AccessDenied'],
    title: 'The other service did not let you through',
    detail: 'Nothing was changed. Please try again, or sign in by e-mail.',
  },
];

const other = {
  title: 'The sign-in did not work',
  detail: 'Please try again. If it happens a second time, write to us at the address below.',
};
