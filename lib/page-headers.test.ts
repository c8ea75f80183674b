import { describe, expect, it } from 'vitest';
import { pageHeaders } from './page-headers';

const environment = { NEXTAUTH_URL: 'https://app.example.com', STRIPE_REDIRECT_ORIGINS: [] };
const production = { scripts: ["'nonce-bm9uY2U='", "'strict-dynamic'"], isDevelopment: false };

function directives(...parameters: Parameters<typeof pageHeaders>): Map<string, string[]> {
  const policy = pageHeaders(...parameters)['content-security-policy'] ?? '';
  return new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

describe('a page', () => {
  it('runs no script but our own files and what its answer allows', () => {
    const scripts = directives(environment, production).get('script-src');
    expect(scripts).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
  });

  it('takes no inline style, no plug-in, no other base, and is framed by nobody', () => {
    const policy = directives(environment, production);
    expect(policy.get('style-src')).toEqual(["'self'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
  });

  it('is looser under next dev, in no way that production shares', () => {
    const loose = directives(environment, { ...production, isDevelopment: true });
    expect(loose.get('script-src')).toContain("'unsafe-eval'");
    const strict = pageHeaders(environment, production)['content-security-policy'];
    expect(strict).not.toContain('unsafe');
  });
});

describe('its forms lead', () => {
  it("to us and to Stripe's own pages", () => {
    expect(directives(environment, production).get('form-action')).toEqual([
      "'self'",
      'https://checkout.stripe.com',
      'https://billing.stripe.com',
      'https://invoice.stripe.com',
    ]);
  });

  it('to where STRIPE_API_BASE points, in place of Stripe', () => {
    const elsewhere = { ...environment, STRIPE_API_BASE: 'http://localhost:4242' };
    expect(directives(elsewhere, production).get('form-action')).toEqual([
      "'self'",
      'http://localhost:4242',
    ]);
  });

  it('to custom domains at Stripe, and to the sign-in providers that are set up', () => {
    const more = {
      ...environment,
      STRIPE_REDIRECT_ORIGINS: ['https://billing.example.com', 'https://pay.example.com'],
      GITHUB_ID: 'id',
      GOOGLE_CLIENT_ID: 'id',
    };
    expect(directives(more, production).get('form-action')?.slice(4)).toEqual([
      'https://billing.example.com',
      'https://pay.example.com',
      'https://github.com',
      'https://accounts.google.com',
    ]);
  });
});
