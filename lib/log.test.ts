import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { log, redact } from './log';
import { withRequestContext } from './request/context';

const lines: string[] = [];

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production');
  for (const method of ['log', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line: unknown) => void lines.push(String(line)));
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  lines.length = 0;
});

it('writes one JSON object a line, with the ID of the request', () => {
  withRequestContext(
    { id: 'req-1', address: '', databaseFailed: false, malformed: false, refused: false },
    () => log.info('portal opened', { purpose: 'home' }),
  );
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    event: 'portal opened',
    requestId: 'req-1',
    purpose: 'home',
  });
});

it('says of an error what helps to find it: its code, its cause, Stripe’s request ID', () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const error = Object.assign(new Error('No such price', { cause }), {
    code: 'resource_missing',
    requestId: 'req_stripe',
  });
  log.error('checkout failed', error, { plan: 'basic' });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    plan: 'basic',
    message: 'No such price',
    code: 'resource_missing',
    stripeRequestId: 'req_stripe',
    cause: { code: 'ECONNREFUSED' },
  });
});

const secrets = [
  'sk_live_51abcDEF',
  'rk_test_51abcDEF',
  'whsec_c2VjcmV0',
  'ada@example.com',
  'https://billing.stripe.com/p/session/test_YWNjdF8',
  'http://localhost:3000/api/auth/callback/email?token=0123abcd&email=a%40b.c',
  'postgresql://user:password@host:5432/database',
  '4242 4242 4242 4242',
  '4000-0025-0000-3155',
  '203.0.113.77',
  'Bearer 0123456789abcdef',
];

it.each(secrets)('never writes %s, wherever it stands', (secret) => {
  log.error(`in the event ${secret}`, new Error(`in ${secret} a message`), {
    text: `before ${secret} after`,
    nested: { list: [secret, { deep: secret }] },
  });
  expect(lines.join('\n')).not.toContain(secret);
  expect(lines).toHaveLength(1);
});

it('never writes the value of a field that is named after a secret', () => {
  expect(redact({ user: { id: 'u1', email: 'x', name: 'Ada', sessionToken: 't' } })).toEqual({
    user: { id: 'u1', email: '[redacted]', name: '[redacted]', sessionToken: '[redacted]' },
  });
});
