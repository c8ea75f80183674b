import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitForLock } from '../dev/lock.mjs';
import { cleanEnvironment } from '../test/support/clean-environment';
import { leaveEnvironment, loadCommandEnvironment } from './command-environment';

const standIns = {
  DATABASE_URL: 'postgresql://localhost:54329/dev',
  EMAIL_SERVER: 'smtp://localhost:1025',
  STRIPE_SECRET_KEY: 'sk_test_emulator',
  STRIPE_API_BASE: 'http://localhost:4242',
};

let root: string;
let dev: Awaited<ReturnType<typeof waitForLock>>;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'beside-dev-'));
  cleanEnvironment(root, process.env);
  vi.spyOn(console, 'error').mockReturnValue();
  dev = await waitForLock(path.join(root, '.dev/dev.lock'), () => {});
  dev.note('http://localhost:3000');
  leaveEnvironment(root, {}, standIns);
});

afterEach(() => {
  dev.release();
  cleanEnvironment(root, process.env);
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

it('a command beside a running dev takes its stand-ins, and says so', async () => {
  await loadCommandEnvironment(root);
  expect(process.env).toMatchObject(standIns);
  expect(console.error).toHaveBeenCalledWith(
    expect.stringContaining(
      'http://localhost:3000 has: its stand-ins for PostgreSQL, mail, Stripe.',
    ),
  );
});

it('a command with a database of its own takes nothing of dev’s', async () => {
  process.env.DATABASE_URL = 'postgresql://production/app';
  await loadCommandEnvironment(root);
  expect(process.env.STRIPE_SECRET_KEY).toBeUndefined();
});

it('a command takes what dev has beside the same database', async () => {
  const { DATABASE_URL, ...others } = { ...standIns, DATABASE_URL: 'postgresql://here/app' };
  leaveEnvironment(root, { DATABASE_URL }, others);
  process.env.DATABASE_URL = DATABASE_URL;
  await loadCommandEnvironment(root);
  expect(process.env).toMatchObject({ ...others, DATABASE_URL });
});

it('what is set to nothing stays unset', async () => {
  process.env.DATABASE_URL = '';
  await loadCommandEnvironment(root);
  expect(process.env.STRIPE_SECRET_KEY).toBeUndefined();
});

it('in production, a running dev is none of its business', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  await loadCommandEnvironment(root);
  vi.unstubAllEnvs();
  expect(process.env.DATABASE_URL).toBeUndefined();
});

it('what a dev left behind that was killed is not taken', async () => {
  dev.release();
  writeFileSync(
    path.join(root, '.dev/dev.lock'),
    JSON.stringify({ pid: process.pid, port: 1, token: 'gone', note: '' }),
  );
  await loadCommandEnvironment(root);
  expect(process.env.DATABASE_URL).toBeUndefined();
});
