import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { captureConsole, log, reasonOf, redact } from './log';
import { newContext, withRequestContext } from './request/context';

const lines: string[] = [];

const context = newContext('');

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
  withRequestContext(context, () => log.info('portal opened', { purpose: 'home' }));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    event: 'portal opened',
    requestId: context.id,
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
  `key_${'aB-_'.repeat(10)}aBc`,
  'ada@example.com',
  'https://billing.stripe.com/p/session/test_YWNjdF8',
  'http://localhost:3000/api/auth/callback/email?token=0123abcd&email=a%40b.c',
  'postgresql://user:password@host:5432/database',
  '4242 4242 4242 4242',
  '4000-0025-0000-3155',
  '203.0.113.77',
  'Bearer 0123456789abcdef',
  'Basic c2stX2xpdmU6',
  'pi_123_secret_456',
  'billing.stripe.com/p/session/test_YWNjdF8',
  'next-auth.session-token=5b0c-77',
  'grace%40example.com',
  '2001:db8::8a2e:370:7334',
  '2001:db8:1:2:3:4:5:6',
];

it.each(secrets)('never writes %s, wherever it stands', (secret) => {
  log.error(`in the event ${secret}`, new Error(`in ${secret} a message`), {
    text: `before ${secret} after`,
    nested: { list: [secret, { deep: secret }] },
  });
  log.warn('aggregated', { each: new Map([[secret, secret]]), secret });
  log.error('several', new AggregateError([new Error(secret)], 'all failed'));
  log.error('caused', new Error('outer', { cause: new Error(secret, { cause: secret }) }));
  log.error('no error', secret);
  log.error('from Stripe', Object.assign(new Error(''), { code: secret, param: secret }));
  expect(lines.join('\n')).not.toContain(secret);
  expect(reasonOf(new Error(`because of ${secret}`))).not.toContain(secret);
  expect(lines).toHaveLength(6);
});

it('takes nothing out of what helps: IDs, times, places in the code', () => {
  const harmless = {
    text: 'cus_N1 sub_2 in_3 evt_4 price_5 req_6 at lib/db.ts:10:20, 2026-11-25T10:20:30.000Z',
    lagSeconds: 12,
  };
  expect(redact(harmless)).toEqual(harmless);
});

it('makes lines of its own of what others print, and lends a page’s error the ID of the request', () => {
  const own = { ...console };
  const shared: typeof globalThis & { ownConsole?: Console } = globalThis;
  captureConsole();
  try {
    console.warn('[next-auth][warn]', { identifier: 'ada@example.com' }, new Error('in sk_test_1'));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', event: 'printed' });
    expect(lines.join()).not.toMatch(/ada@|sk_test/);
    const error = Object.assign(new Error('a page failed'), { digest: '123' });
    withRequestContext(context, () => console.error(error));
    expect(error.digest).toBe(context.id);
    expect(lines).toHaveLength(1);
  } finally {
    Object.assign(console, own);
    delete shared.ownConsole;
  }
});

it('never writes the value of a field that is named after a secret', () => {
  expect(redact({ user: { id: 'u1', email: 'x', name: 'Ada', sessionToken: 't' } })).toEqual({
    user: { id: 'u1', email: '[redacted]', name: '[redacted]', sessionToken: '[redacted]' },
  });
});
