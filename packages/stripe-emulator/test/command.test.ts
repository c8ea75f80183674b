import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { z } from 'zod';

const PROGRAM = join(import.meta.dirname, '../bin/stripe-emulator.js');

function run(...typed: string[]) {
  return spawn(process.execPath, [PROGRAM, ...typed], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs the command to its end. */
async function finish(...typed: string[]) {
  const child = run(...typed);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { out, err, code };
}

const introduction = z.strictObject({ url: z.url(), webhookSecret: z.string() });

/** The line that `--json` prints. */
async function ready(child: ChildProcess): Promise<z.infer<typeof introduction>> {
  for await (const chunk of child.stdout ?? []) return introduction.parse(JSON.parse(chunk));
  throw new Error('The command printed nothing.');
}

test.each(['SIGINT', 'SIGTERM'] as const)('runs until %s, and then ends well', async (signal) => {
  const child = run('--memory', '--port', '0', '--json');
  const { url, webhookSecret } = await ready(child);
  expect(webhookSecret).toMatch(/^whsec_/);
  expect((await fetch(`${url}/_emulator/clock`)).status).toBe(200);
  const port = new URL(url).port;
  expect(await finish('--memory', '--port', port)).toMatchObject({
    code: 1,
    err: `Port ${port} of 127.0.0.1 is in use. Choose another one, or 0 for any that is free.\n`,
  });
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('triggers an event in an emulator that runs', async () => {
  const child = run('--memory', '--port', '0', '--json');
  const { url } = await ready(child);
  const done = await finish('trigger', 'invoice.paid', '--url', url);
  expect({ code: done.code, err: done.err }).toEqual({ code: 0, err: '' });
  expect(done.out.split('\n')).toEqual(expect.arrayContaining(['invoice.created', 'invoice.paid']));
  const misspelt = await finish('trigger', 'invoice.payed', '--url', url);
  expect(misspelt).toMatchObject({ code: 1, err: expect.stringContaining('invoice.paid?') });
  child.kill('SIGTERM');
  await once(child, 'exit');
  const gone = await finish('trigger', 'invoice.paid', '--url', url);
  expect(gone).toMatchObject({ code: 1, err: expect.stringContaining('No emulator answers') });
});

test('refuses what it does not understand with code 2', async () => {
  const { out, err, code } = await finish('--portt', '1');
  expect({ out, code }).toEqual({ out: '', code: 2 });
  expect(err).toContain('There is no option --portt. Did you mean --port?');
});

test('tells its version and its flags', async () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')));
  expect(await finish('--version')).toMatchObject({ out: `${version}\n`, code: 0 });
  expect((await finish('--help')).out).toContain('--forward URL');
});
