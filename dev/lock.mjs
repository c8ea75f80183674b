import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {{ pid: number, port: number, token: string, note: string }} Holder
 * @typedef {{ note(text: string): void, release(): void }} Lock
 */

/**
 * Takes a lock between processes. The holder listens on a port and answers with the token that it wrote
 * to `file`. So a lock left behind by a crash is recognised at once, even when its process ID has been
 * reused.
 *
 * @param {string} file
 * @param {string} [note] a text about the holder for the others
 * @returns {Promise<Lock | Holder>} the lock, or its current holder
 */
export async function takeLock(file, note = '') {
  mkdirSync(path.dirname(file), { recursive: true });
  const token = randomUUID();
  const server = createServer((socket) => socket.on('error', () => {}).end(token));
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const mine = { pid: process.pid, port, token, note };

  while (!write(file, mine, 'wx')) {
    const holder = await readHolder(file);
    if (holder && (await isAlive(holder))) {
      server.close();
      return holder;
    }
    rmSync(file, { force: true });
  }
  // If two processes replaced the same dead holder at once, the last one to write has the lock.
  await sleep(50);
  const holder = await readHolder(file);
  if (holder && holder.token !== token) {
    server.close();
    return holder;
  }

  return {
    note: (text) => void write(file, { ...mine, note: text }, 'w'),
    release() {
      server.close();
      rmSync(file, { force: true });
    },
  };
}

/**
 * Like {@link takeLock}, but waits until the lock is free.
 *
 * @param {string} file
 * @param {(holder: Holder) => void} onWait called once if there is a holder to wait for
 * @returns {Promise<Lock>}
 */
export async function waitForLock(file, onWait) {
  for (let isFirst = true; ; isFirst = false) {
    const lock = await takeLock(file);
    if ('release' in lock) return lock;
    if (isFirst) onWait(lock);
    await sleep(200);
  }
}

/**
 * Returns the current holder of a lock, without taking it.
 *
 * @param {string} file
 * @returns {Promise<Holder | undefined>}
 */
export async function findHolder(file) {
  const holder = existsSync(file) ? await readHolder(file) : undefined;
  return holder && (await isAlive(holder)) ? holder : undefined;
}

/**
 * @param {string} file
 * @param {Holder} holder
 * @param {'w' | 'wx'} flag
 */
function write(file, holder, flag) {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag, mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {Promise<Holder | undefined>}
 */
async function readHolder(file) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      // Created but not written yet, or just removed.
      await sleep(20);
    }
  }
  return undefined;
}

/** @param {Holder} holder */
async function isAlive({ pid, port, token }) {
  const socket = connect({ host: '127.0.0.1', port });
  let isBusy = false;
  socket.setEncoding('utf8').setTimeout(1_000, () => {
    isBusy = !socket.connecting;
    socket.destroy();
  });
  try {
    let answer = '';
    for await (const text of socket) answer += text;
    if (answer) return answer === token;
  } catch {
    // Nothing listens there, or it has just stopped.
  }
  // Connected, but no answer: the holder is busy, if its process is still running.
  return isBusy && isRunning(pid);
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
