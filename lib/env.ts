import { z } from 'zod';
import { product } from './product';

/**
 * The one reader of the environment.
 *
 * @returns what the app needs, parsed once; an empty value counts as unset
 * @throws EnvironmentError listing every variable that is missing or malformed, each with what to
 *   set and where to get it
 */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Whether this is `next dev`. Only what Next does differently there may depend on it. */
export function isNextDev(): boolean {
  return process.env.NODE_ENV === 'development';
}

/** As {@link env}, for any set of variables: what the tests and the checks use. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  throw new EnvironmentError(
    result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  );
}

/** The environment is not fit to start with. `problems` has one sentence for each variable. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
  constructor(readonly problems: string[]) {
    super(
      [
        'The environment is not complete. Set these variables (see .env.example):',
        ...problems.map((problem) => `  ${problem}`),
      ].join('\n'),
    );
  }
}

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** A required text: `hint` says what to set when it is absent. */
const required = (hint: string) => z.string({ error: hint });

const url = (protocols: RegExp, hint: string) => z.url({ protocol: protocols, error: hint });

/** An origin such as https://example.com: without a path, so that paths can be put behind it. */
const origin = (hint: string) =>
  url(/^https?$/, hint)
    .transform((value) => new URL(value))
    .refine(({ pathname, search }) => pathname === '/' && !search, {
      error: 'give the origin alone, without a path, for example https://example.com',
    })
    .transform((value) => value.origin);

/** @param fallback when it is not set */
const wholeNumber = (smallest: number, largest: number, fallback: number, hint: string) =>
  z
    .string()
    .regex(/^\d+$/, { error: `${hint}: a whole number` })
    .transform(Number)
    .pipe(
      z
        .number()
        .min(smallest, { error: `${hint}: at least ${smallest}` })
        .max(largest, { error: `${hint}: at most ${largest}` }),
    )
    .default(fallback);

/** How prices stand to tax: none is computed, it comes on top of them, or they contain it. */
export const taxModes = ['off', 'exclusive', 'inclusive'] as const;

const schema = z
  .object({
    DATABASE_URL: url(
      /^postgres(ql)?$/,
      'a PostgreSQL address, for example postgresql://user:password@host:5432/database',
    ),
    NEXTAUTH_URL: origin("the app's own public origin, for example https://example.com"),
    NEXTAUTH_SECRET: required('a secret of its own: openssl rand -base64 32').min(16, {
      error: 'at least 16 characters: openssl rand -base64 32',
    }),
    EMAIL_SERVER: url(
      /^smtps?$/,
      'the SMTP server that sends sign-in links, for example smtp://user:password@host:587',
    ),
    EMAIL_FROM: required(
      `the sender of sign-in links, for example ${product.name} <hello@example.com>`,
    ),
    STRIPE_SECRET_KEY: required(
      'a secret or restricted key from https://dashboard.stripe.com/apikeys',
    ).regex(/^(sk|rk)_(test|live)_\w+$/, {
      error: 'starts with sk_test_, sk_live_, rk_test_ or rk_live_ (a publishable key will not do)',
    }),
    STRIPE_WEBHOOK_SECRET: required(
      'the signing secret of your webhook endpoint, from https://dashboard.stripe.com/webhooks; several, comma-separated, while one is being replaced',
    )
      .transform((value) => value.split(',').map((secret) => secret.trim()))
      .pipe(
        z.array(
          z.string().regex(/^whsec_\S+$/, { error: 'every secret in it starts with whsec_' }),
        ),
      ),
    STRIPE_API_BASE: origin(
      "where Stripe's API answers; leave it unset for Stripe itself",
    ).optional(),
    STRIPE_ON_BEHALF_OF: z
      .string()
      .regex(/^acct_\w+$/, { error: 'the id of a connected account, which starts with acct_' })
      .optional(),
    STRIPE_SENDS_RECEIPTS: z
      .enum(['yes', 'no'], { error: 'yes when Stripe e-mails receipts itself, otherwise no' })
      .default('no'),
    STRIPE_TAX: z
      .enum(taxModes, {
        error:
          'exclusive when tax comes on top of your prices, inclusive when they contain it, or off',
      })
      .default('off'),
    STRIPE_REDIRECT_ORIGINS: z
      .string()
      .default('')
      .transform((value) => value.split(',').flatMap((each) => each.trim() || []))
      .pipe(
        z.array(
          origin(
            'the origins of your custom domains at Stripe, comma-separated, each like https://billing.example.com',
          ),
        ),
      ),
    DATABASE_POOL: wholeNumber(1, 500, 10, 'the most connections that one process opens'),
    TRUSTED_PROXIES: wholeNumber(0, 10, 0, 'how many proxies of yours a request passes'),
    DRAIN_SECONDS: wholeNumber(
      0,
      60,
      3,
      'seconds in which a process that is to end takes requests',
    ),
    LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error'], { error: 'debug, info, warn or error' })
      .default('info'),
    OTEL_EXPORTER_OTLP_ENDPOINT: url(
      /^https?$/,
      'the address of an OpenTelemetry collector, for example http://127.0.0.1:4318',
    ).optional(),
    CRON_SECRET: z
      .string()
      .min(16, { error: 'at least 16 characters: openssl rand -base64 32' })
      .optional(),
    GITHUB_ID: z.string().optional(),
    GITHUB_SECRET: z.string().optional(),
    GOOGLE_CLIENT_ID: z.string().optional(),
    GOOGLE_CLIENT_SECRET: z.string().optional(),
  })
  .superRefine((set, context) => {
    const pairs = [
      ['GITHUB_ID', 'GITHUB_SECRET'],
      ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
    ] as const;
    for (const [id, secret] of pairs) {
      if (Boolean(set[id]) === Boolean(set[secret])) continue;
      const absent = set[id] ? secret : id;
      context.addIssue({
        code: 'custom',
        path: [absent],
        message: `set it as well, or neither: ${id} and ${secret} come together`,
      });
    }
  });
