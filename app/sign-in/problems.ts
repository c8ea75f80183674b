import type { Words } from '@/lib/words/english';

type Problem = keyof Words['signIn']['problems'];

/**
 * Why signing in failed.
 *
 * @param code next-auth's error code or one of ours, from the query; anything else is `other`
 */
export function findSignInProblem(code: unknown): Problem {
  return (
    own.find((each) => each === code) ??
    (provider.some((each) => each === code) ? 'provider' : 'other')
  );
}

const own = [
  'Verification',
  'InvalidEmail',
  'TooManyLinks',
  'EmailSignin',
  'OAuthAccountNotLinked',
] as const satisfies Problem[];

const provider = ['OAuthSignin', 'OAuthCallback', 'OAuthCreateAccount', 'Callback', 'AccessDenied'];
