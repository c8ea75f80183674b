import type { Env } from './env';

/**
 * What a page of ours may load and where its forms may lead: scripts only with the nonce of this very
 * answer (and what those load), everything else from our own origin, forms to us and to where our
 * actions redirect. Chrome holds a form to this list through every redirect that answers it, so a
 * form without JavaScript that ends at Stripe needs Stripe in it.
 *
 * @param nonce unguessable, new for each answer: Next puts it on its script tags
 * @param options.isDevelopment `next dev` evaluates code, injects styles and speaks by WebSocket
 * @returns the value of a Content-Security-Policy header
 */
export function contentSecurityPolicy(
  env: FormTargets,
  nonce: string,
  { isDevelopment }: { isDevelopment: boolean },
): string {
  const directives = {
    'default-src': ["'self'"],
    'script-src': [
      // Heeded only by browsers that know nothing of strict-dynamic.
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
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

type FormTargets = Pick<
  Env,
  'STRIPE_API_BASE' | 'STRIPE_REDIRECT_ORIGINS' | 'GITHUB_ID' | 'GOOGLE_CLIENT_ID'
>;

/** The other origins that our forms end at: Stripe's pages, and sign-in providers that are set up. */
function formTargets(env: FormTargets): string[] {
  return [
    ...(env.STRIPE_API_BASE ? [env.STRIPE_API_BASE] : stripePages),
    ...env.STRIPE_REDIRECT_ORIGINS,
    ...(env.GITHUB_ID ? ['https://github.com'] : []),
    ...(env.GOOGLE_CLIENT_ID ? ['https://accounts.google.com'] : []),
  ];
}

const stripePages = ['https://checkout.stripe.com', 'https://billing.stripe.com'];
