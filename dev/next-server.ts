import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAnswered } from './ports';

export interface NextServer {
  /** Settles when the process has ended, asked to or not, with words for how. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts Next on 127.0.0.1, in a process that ends when ours does.
 *
 * It gets a process group of its own, out of reach of Ctrl-C, and is ended by closing the channel
 * to it: told by a signal, Next would leave one more process behind to report the session.
 *
 * @param environment all of it: nothing is inherited
 * @param onLine receives each line it prints, cleaned of query strings, which can carry secrets
 * @param folder of the app, when it is not ours
 */
export function startNext(
  command: 'dev' | 'start',
  port: number,
  environment: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
  folder = '.',
): NextServer {
  const child = spawn(
    process.execPath,
    [
      ...['--import', './scripts/tether.mjs', 'node_modules/next/dist/bin/next'],
      ...[command, folder, '-H', '127.0.0.1', '-p', String(port)],
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
      env: { ...environment, NEXT_TELEMETRY_DISABLED: '1', TETHERED: '1' },
    },
  );
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    createInterface({ input: stream }).on('line', (line) => onLine(withoutQuery(line)));
  }
  // Its own server process outlives it when it is killed the hard way.
  child.on('exit', () => endGroup(child.pid));
  // Not the child's own `close`, which does not come once we have closed the channel to it.
  const ended = Promise.all([
    once(child, 'exit'),
    ...streams.map((stream) => once(stream, 'close')),
  ]).then(([[code, signal]]) => `Next ended (${signal ?? code}).`);
  return {
    ended,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/**
 * Makes a production build of the app in `folder`, in a process that ends when ours does. What it
 * prints goes to stderr.
 *
 * @throws Error when it fails
 */
export async function buildNext(folder: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', './scripts/tether.mjs', 'node_modules/next/dist/bin/next', 'build', folder],
    {
      stdio: ['ignore', 2, 2, 'ipc'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', TETHERED: '1' },
    },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The build of ${folder} failed.`);
}

/** Waits until Next takes connections. @throws Error when it ends before it does */
export async function untilAnswered(server: NextServer, port: number): Promise<void> {
  let end: string | undefined;
  void server.ended.then((how) => {
    end = how;
  });
  while (!(await isAnswered('127.0.0.1', port))) {
    if (end) throw new Error(end);
    await sleep(50);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

/** ` GET /api/auth/callback/email?token=… 302 in 9ms`: the token stays out of the log. */
function withoutQuery(line: string): string {
  return line.replace(/(\s\/[^\s?]*)\?\S+/g, '$1?…');
}
