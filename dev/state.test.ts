import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keptSecret } from './kept-secret';
import { startStandIns } from './stand-ins';
import { StartError } from './start-error';

let dir: string;

beforeEach(() => {
  dir = path.join(mkdtempSync(path.join(tmpdir(), 'state-')), 'state');
});

afterEach(() => rmSync(path.dirname(dir), { recursive: true }));

it.each([
  ['the mailbox', 'The mailbox', 'mail/mail_1.json', '{'],
  ["Stripe's journal", "Stripe's stand-in", 'stripe/journal-0.jsonl', 'garbage\n'],
  ["PostgreSQL's data", 'The embedded PostgreSQL', 'postgres/PG_VERSION', '99'],
])('says what to delete when %s is damaged', async (_, what, file, content) => {
  keep(file, content);
  const error = await failure();
  expect(error).toBeInstanceOf(StartError);
  expect(error).toHaveProperty('message', expect.stringContaining(`${what} cannot be opened`));
  expect(error).toHaveProperty('message', expect.stringContaining(`rm -rf ${dir}`));
});

it('says so when a file is where the folder should be', async () => {
  writeFileSync(dir, '');
  expect(await failure()).toBeInstanceOf(StartError);
});

it('makes a secret anew when a full disk left its file empty', () => {
  keep('app.secret', '');
  const secret = keptSecret(dir, 'app');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(keptSecret(dir, 'app')).toBe(secret);
});

function keep(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), content);
}

/** What starting the stand-ins with this folder fails with. */
async function failure(): Promise<unknown> {
  try {
    const standIns = await startStandIns({
      dir,
      ports: { http: 0, smtp: 0, postgres: 0 },
      parts: { postgres: true, smtp: true, stripe: true },
      appUrl: 'http://localhost:1',
    });
    await standIns.close();
    return undefined;
  } catch (error) {
    return error;
  }
}
