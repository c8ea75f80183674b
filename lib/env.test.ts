import { describe, expect, it } from 'vitest';
import { EnvironmentError, parseEnv } from './env';

const complete = {
  DATABASE_URL: 'postgresql://user:password@localhost:5432/app',
  NEXTAUTH_URL: 'https://app.example.com/',
  NEXTAUTH_SECRET: 'a secret that is long enough',
  EMAIL_SERVER: 'smtp://localhost:1025',
  EMAIL_FROM: 'Sender <hello@example.com>',
  STRIPE_SECRET_KEY: 'sk_test_123',
  STRIPE_WEBHOOK_SECRET: 'whsec_new, whsec_old',
};

function problemsOf(variables: Record<string, string | undefined>): string[] {
  try {
    parseEnv(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

describe('the environment', () => {
  it('is read into what the app needs', () => {
    const env = parseEnv(complete);
    expect(env.NEXTAUTH_URL).toBe('https://app.example.com');
    expect(env.STRIPE_WEBHOOK_SECRET).toEqual(['whsec_new', 'whsec_old']);
    expect(env.STRIPE_API_BASE).toBeUndefined();
    expect(env.STRIPE_REDIRECT_ORIGINS).toEqual([]);
  });

  it('names every missing variable at once, and says where to get each', () => {
    const problems = problemsOf({});
    expect(problems).toHaveLength(7);
    expect(problems.find((problem) => problem.startsWith('STRIPE_SECRET_KEY'))).toContain(
      'https://dashboard.stripe.com/apikeys',
    );
  });

  it('counts an empty value as missing', () => {
    expect(problemsOf({ ...complete, EMAIL_FROM: ' ' })).toHaveLength(1);
    expect(parseEnv({ ...complete, STRIPE_API_BASE: '' }).STRIPE_API_BASE).toBeUndefined();
  });

  it.each([
    ['DATABASE_URL', 'mysql://localhost/app'],
    ['DATABASE_URL', 'not an address'],
    ['NEXTAUTH_URL', 'https://app.example.com/base'],
    ['NEXTAUTH_URL', 'app.example.com'],
    ['NEXTAUTH_SECRET', 'short'],
    ['EMAIL_SERVER', 'https://mail.example.com'],
    ['STRIPE_SECRET_KEY', 'pk_test_123'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_one,we_two'],
    ['STRIPE_API_BASE', 'localhost:4242'],
    ['STRIPE_REDIRECT_ORIGINS', 'https://billing.example.com, billing.example.com'],
  ])('refuses %s=%s in a sentence that names it', (name, value) => {
    const problems = problemsOf({ ...complete, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}`));
  });

  it('wants both halves of an OAuth provider, or neither', () => {
    expect(problemsOf({ ...complete, GITHUB_ID: 'id' })).toEqual([
      'GITHUB_SECRET: set it as well, or neither: GITHUB_ID and GITHUB_SECRET come together',
    ]);
  });

  it('never repeats a value, which may be a secret', () => {
    expect(problemsOf({ ...complete, STRIPE_SECRET_KEY: 'sk_liv_oops' }).join()).not.toContain(
      'oops',
    );
  });
});
