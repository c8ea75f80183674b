import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cleanEnvironment } from '../test/support/clean-environment';
import { waitForLock } from './lock.mjs';
import { loadCommandEnvironment, shareEnvironment } from './shared-environment';

const standIns = {
  DATABASE_URL: 'postgresql://localhost:54329/dev',
  EMAIL_SERVER: 'smtp://localhost:1025',
  STRIPE_SECRET_KEY: 'sk_test_emulator',
  STRIPE_API_BASE: 'http://localhost:4242',
};

let root: string;
let dev: Awaited<ReturnType<typeof waitForLock>>;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'shared-environment-'));
  cleanEnvironment(root, process.env);
  vi.spyOn(console, 'error').mockReturnValue();
  dev = await waitForLock(path.join(root, '.dev/dev.lock'), () => {});
  dev.note('http://localhost:3000');
  shareEnvironment(root, {}, standIns);
});

afterEach(() => {
  dev.release();
  cleanEnvironment(root, process.env);
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

it('a command next to a running npm run dev uses its stand-ins, and says so', async () => {
  await loadCommandEnvironment(root);
  expect(process.env).toMatchObject(standIns);
  expect(console.error).toHaveBeenCalledWith(
    expect.stringContaining(
      'Using the stand-ins for PostgreSQL, mail, and Stripe of npm run dev at http://localhost:3000.',
    ),
  );
});

it('a command with its own database uses none of them', async () => {
  process.env.DATABASE_URL = 'postgresql://production/app';
  await loadCommandEnvironment(root);
  expect(process.env.STRIPE_SECRET_KEY).toBeUndefined();
});

it('a command with the same database uses the other stand-ins', async () => {
  const { DATABASE_URL, ...others } = { ...standIns, DATABASE_URL: 'postgresql://here/app' };
  shareEnvironment(root, { DATABASE_URL }, others);
  process.env.DATABASE_URL = DATABASE_URL;
  await loadCommandEnvironment(root);
  expect(process.env).toMatchObject({ ...others, DATABASE_URL });
});

it('a variable set to nothing keeps a command away from the stand-ins', async () => {
  process.env.DATABASE_URL = '';
  await loadCommandEnvironment(root);
  expect(process.env.STRIPE_SECRET_KEY).toBeUndefined();
});

it('in production a running npm run dev is ignored', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  await loadCommandEnvironment(root);
  vi.unstubAllEnvs();
  expect(process.env.DATABASE_URL).toBeUndefined();
});

it('the file that a killed npm run dev left behind is ignored', async () => {
  dev.release();
  writeFileSync(
    path.join(root, '.dev/dev.lock'),
    JSON.stringify({ pid: process.pid, port: 1, token: 'gone', note: '' }),
  );
  await loadCommandEnvironment(root);
  expect(process.env.DATABASE_URL).toBeUndefined();
});
