import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { cleanEnvironment } from '../test/support/clean-environment';
import { readDevSettings } from './dev-settings';

const root = mkdtempSync(path.join(tmpdir(), 'dev-'));
const state = path.join(root, '.dev');
// Next reads .env files once per process, so every test here gets these.
writeFileSync(path.join(root, '.env.local'), 'EMAIL_SERVER=smtp://real:25\nDATABASE_URL=\n');
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

beforeEach(() => cleanEnvironment(path.join(root, '..'), process.env));

it('chooses a stand-in for what neither .env files nor the environment configure', async () => {
  const { services, appUrl, port, lacksWebhookSecret } = await readDevSettings(root, state);
  expect(services).toEqual({ postgres: true, smtp: false, stripe: true });
  expect(appUrl).toBe(`http://localhost:${port}`);
  expect(lacksWebhookSecret).toBe(false);
});

it('leaves a configured Stripe alone and notices that its events cannot be verified yet', async () => {
  process.env.STRIPE_SECRET_KEY = 'sk_test_real';
  expect(await readDevSettings(root, state)).toMatchObject({
    services: { stripe: false },
    lacksWebhookSecret: true,
  });
});

it('listens on the port of a NEXTAUTH_URL on this machine', async () => {
  process.env.NEXTAUTH_URL = 'http://localhost:47811';
  expect(await readDevSettings(root, state)).toMatchObject({ port: 47_811 });
});

it('keeps the secret that signs sign-in links across restarts', async () => {
  const first = await readDevSettings(root, state);
  const second = await readDevSettings(root, state);
  expect(first.defaults.NEXTAUTH_SECRET).toMatch(/^[\w-]{43}$/);
  expect(second.defaults.NEXTAUTH_SECRET).toBe(first.defaults.NEXTAUTH_SECRET);
});
