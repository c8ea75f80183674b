import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAnswered } from './ports';

export interface NextServer {
  /** Of the process that answers. */
  pid: number | undefined;
  /** Resolves when the process has ended for whatever reason, with a sentence that says how. */
  ended: Promise<string>;
  stop(): Promise<void>;
  /** Asks it to end as a host does, with SIGTERM. @returns how it ended, as `ended` does */
  terminate(): Promise<string>;
}

/**
 * Starts Next on 127.0.0.1, in a process that exits when ours does.
 *
 * The process has its own group, so Ctrl-C does not reach it, and is stopped by closing the channel to
 * it: on a signal, Next would leave another process behind for its telemetry.
 *
 * @param environment the complete environment: nothing is inherited
 * @param onLine gets each line of output, without query strings, because they can contain secrets
 * @param folder the app's folder, if it is not this one
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
      '--import',
      './scripts/exit-with-parent.mjs',
      'node_modules/next/dist/bin/next',
      command,
      folder,
      '-H',
      '127.0.0.1',
      '-p',
      String(port),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
      env: { ...environment, NEXT_TELEMETRY_DISABLED: '1', EXIT_WITH_PARENT: '1' },
    },
  );
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    createInterface({ input: stream }).on('line', (line) => onLine(withoutQuery(line)));
  }
  // Next's own server process survives when Next is killed.
  child.on('exit', () => endGroup(child.pid));
  // Not the child's `close` event: it is not emitted once we have closed the channel.
  const ended = Promise.all([
    once(child, 'exit'),
    ...streams.map((stream) => once(stream, 'close')),
  ]).then(([[code, signal]]) => `Next ended (${signal ?? code}).`);
  return {
    pid: child.pid,
    ended,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
    terminate() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/**
 * Makes a production build of the app in `folder`, in a process that exits when ours does. Its output
 * goes to stderr.
 *
 * @throws Error when the build fails
 */
export async function buildNext(folder: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      './scripts/exit-with-parent.mjs',
      'node_modules/next/dist/bin/next',
      'build',
      folder,
    ],
    {
      stdio: ['ignore', 2, 2, 'ipc'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', EXIT_WITH_PARENT: '1' },
    },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The build of ${folder} failed.`);
}

/** Waits until Next accepts connections. @throws Error when it ends before that */
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
    // The group is empty.
  }
}

/** Next logs `GET /api/auth/callback/email?token=…`, and a token must not get into a log. */
function withoutQuery(line: string): string {
  return line.replace(/(\s\/[^\s?]*)\?\S+/g, '$1?…');
}
