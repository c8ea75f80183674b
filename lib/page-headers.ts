import { randomBytes } from 'node:crypto';
import { type Env, isNextDev } from './env';

/**
 * The headers of a page that depend on the request or on the environment: what it may load and where
 * its forms may lead.
 *
 * @param options.scripts what may run besides our own files: a nonce, unguessable and new for each
 *   answer, which Next puts on its script tags, or the hashes of a built page's inline scripts
 * @param options.isDevelopment `next dev` evaluates code, injects styles and speaks by WebSocket
 * @returns the values by their headers' names, in lower case
 */
export function pageHeaders(
  env: PageEnvironment,
  { scripts, isDevelopment }: { scripts: readonly string[]; isDevelopment: boolean },
): Record<string, string> {
  return { [policyHeader]: contentSecurityPolicy(env, scripts, isDevelopment) };
}

/**
 * The same for a page that is rendered for this request alone: its scripts carry a new nonce. They belong on
 * the request, too: it is where Next finds the nonce.
 */
export function renderedPageHeaders(env: PageEnvironment): Record<string, string> {
  const nonce = randomBytes(16).toString('base64');
  return pageHeaders(env, {
    scripts: [`'nonce-${nonce}'`, "'strict-dynamic'"],
    isDevelopment: isNextDev(),
  });
}

const policyHeader = 'content-security-policy';

type PageEnvironment = Pick<
  Env,
  'NEXTAUTH_URL' | 'STRIPE_API_BASE' | 'STRIPE_REDIRECT_ORIGINS' | 'GITHUB_ID' | 'GOOGLE_CLIENT_ID'
>;

function contentSecurityPolicy(
  env: PageEnvironment,
  scripts: readonly string[],
  isDevelopment: boolean,
) {
  const directives = {
    'default-src': ["'self'"],
    // With strict-dynamic, 'self' is heeded only by browsers that know nothing of it.
    'script-src': ["'self'", ...scripts, ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", ...(isDevelopment ? ["'unsafe-inline'"] : [])],
    'connect-src': ["'self'", ...(isDevelopment ? ['ws:'] : [])],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'", ...formTargets(env)],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}

/**
 * The other origins that our forms end at: Stripe's pages, and the sign-in providers that are set up.
 * Chrome holds a form to this list through every redirect that answers it, so a form that works
 * without JavaScript needs here whatever its action redirects to.
 */
function formTargets(env: PageEnvironment): string[] {
  return [
    ...(env.STRIPE_API_BASE ? [env.STRIPE_API_BASE] : stripePages),
    ...env.STRIPE_REDIRECT_ORIGINS,
    ...(env.GITHUB_ID ? ['https://github.com'] : []),
    ...(env.GOOGLE_CLIENT_ID ? ['https://accounts.google.com'] : []),
  ];
}

const stripePages = [
  'https://checkout.stripe.com',
  'https://billing.stripe.com',
  'https://invoice.stripe.com',
];
