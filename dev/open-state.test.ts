import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { persistentSecret } from './persistent-secret';
import { type StandInOptions, startStandIns } from './stand-ins';
import { StartError } from './start-error';

let dir: string;

beforeEach(() => {
  dir = path.join(mkdtempSync(path.join(tmpdir(), 'state-')), 'state');
});

afterEach(() => rmSync(path.dirname(dir), { recursive: true }));

it.each([
  ['smtp', 'The mailbox', 'mail/mail_1.json', '{'],
  ['stripe', 'The Stripe emulator', 'stripe/journal-0.jsonl', 'garbage\n'],
  ['postgres', 'The embedded PostgreSQL', 'postgres/PG_VERSION', '99'],
] as const)(
  'says what to delete when the data of %s is damaged',
  async (service, what, file, content) => {
    keep(file, content);
    const error = await failureOf(service);
    expect(error).toBeInstanceOf(StartError);
    expect(error).toHaveProperty('message', expect.stringContaining(`${what} could not be opened`));
    expect(error).toHaveProperty('message', expect.stringContaining(`delete ${dir}`));
  },
);

it('says so when a file is where the folder should be', async () => {
  writeFileSync(dir, '');
  expect(await failureOf('smtp')).toBeInstanceOf(StartError);
});

it('makes a new secret when a full disk left its file empty', () => {
  keep('app.secret', '');
  const secret = persistentSecret(dir, 'app');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(persistentSecret(dir, 'app')).toBe(secret);
});

function keep(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), content);
}

/** The error when a stand-in is started with this folder. */
async function failureOf(service: keyof StandInOptions['services']): Promise<unknown> {
  try {
    const standIns = await startStandIns({
      dir,
      ports: { http: 0, smtp: 0, postgres: 0 },
      services: { postgres: false, smtp: false, stripe: false, [service]: true },
      appUrl: 'http://localhost:1',
    });
    await standIns.close();
    return undefined;
  } catch (error) {
    return error;
  }
}
