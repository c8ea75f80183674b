import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLock, waitForLock } from './lock.mjs';

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'lock-'));
  file = path.join(dir, 'a.lock');
});

afterEach(() => rmSync(dir, { recursive: true }));

it('tells the second process who holds the lock, and gives it to the third after it is released', async () => {
  const first = await waitForLock(file, () => {});
  first.note('http://localhost:3000');
  expect(await takeLock(file)).toMatchObject({ pid: process.pid, note: 'http://localhost:3000' });
  first.release();
  expect(await takeLock(file)).toHaveProperty('release');
});

it.each([
  ['a crash', JSON.stringify({ pid: process.pid, port: 1, token: 'gone', note: '' })],
  ['a crash while it was written', '{"pid":'],
])('takes over the lock that %s left behind', async (_, content) => {
  writeFileSync(file, content);
  expect(await takeLock(file)).toHaveProperty('release');
});

it('gives the lock to only one of many that ask at once', async () => {
  const locks = await Promise.all(Array.from({ length: 10 }, () => takeLock(file)));
  expect(locks.filter((lock) => 'release' in lock)).toHaveLength(1);
});
