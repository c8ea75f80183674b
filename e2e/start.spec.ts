import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'playwright/test';
import { test } from '../test/support/own-app';

const needed = [
  'DATABASE_URL',
  'NEXTAUTH_URL',
  'NEXTAUTH_SECRET',
  'EMAIL_SERVER',
  'EMAIL_FROM',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
];

test('without an environment the app does not start, and names all that is missing', async () => {
  const server = spawn(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', '0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Empty rather than absent: Next would look for what is absent in .env files.
      env: { ...process.env, ...Object.fromEntries(needed.map((name) => [name, ''])) },
    },
  );
  const [said, [code]] = await Promise.all([text(server.stderr), once(server, 'exit')]);
  expect(code).toBe(1);
  for (const name of needed) expect(said).toContain(`\n  ${name}: `);
  expect(said).not.toMatch(/\n\s+at /);
});
