import { EnvironmentError, parseEnv } from '@/lib/env';
import { type Finding, ok, problem } from '@/lib/finding';

type Variables = Record<string, string | undefined>;

/** What stands in for a variable that is wrong, so that the checks that do not need it can run. */
const placeholders: Variables = {
  DATABASE_URL: 'postgresql://localhost/unset',
  NEXTAUTH_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'unset unset unset',
  EMAIL_SERVER: 'smtp://localhost',
  EMAIL_FROM: 'unset@example.com',
  STRIPE_SECRET_KEY: 'sk_test_unset',
  STRIPE_WEBHOOK_SECRET: 'whsec_unset',
};

/** What is wrong with these is a finding, but no other check looks at them. */
const unexamined = {
  GITHUB_ID: undefined,
  GITHUB_SECRET: undefined,
  GOOGLE_CLIENT_ID: undefined,
  GOOGLE_CLIENT_SECRET: undefined,
  CRON_SECRET: undefined,
};

/**
 * Looks at every variable of the environment.
 *
 * @returns what to say, the names of the variables that are wrong, and what to put in their place so
 *   that the environment can be used (undefined: nothing)
 */
export function examineEnvironment(variables: Variables): {
  findings: Finding[];
  wrong: ReadonlySet<string>;
  replacements: Variables;
} {
  const problems = problemsOf(variables);
  const wrong = new Set(problems.map(({ name }) => name));
  if (wrong.size === 0) {
    const findings = [ok('environment', 'Every variable is set and well-formed.')];
    return { findings, wrong, replacements: {} };
  }
  const findings = problems.map(({ name, hint }) => {
    const isSet = Boolean(variables[name]?.trim());
    return problem(
      'environment',
      `${name} is ${isSet ? 'not right' : 'not set'}.`,
      `Set ${name}: ${hint}`,
    );
  });
  const replaced = [...wrong].map((name) => [name, placeholders[name]] as const);
  return { findings, wrong, replacements: { ...Object.fromEntries(replaced), ...unexamined } };
}

/** The app's own reading of the environment, taken apart: `NAME: what to set`. */
function problemsOf(variables: Variables): { name: string; hint: string }[] {
  try {
    parseEnv(variables);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map((text) => {
      const [, name = text, hint = ''] = /^(\w+)[^:]*: (.*)$/s.exec(text) ?? [];
      return { name, hint };
    });
  }
}
