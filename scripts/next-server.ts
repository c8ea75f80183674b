import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAnswered } from '../sandbox/ports';

export interface NextServer {
  /** Settles when the process has ended, asked to or not, with words for how. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts Next on 127.0.0.1, in a process that ends when ours does.
 *
 * @param environment all of it: nothing is inherited
 * @param onLine receives each line it prints, cleaned of query strings, which can carry secrets
 */
export function startNext(
  command: 'dev' | 'start',
  port: number,
  environment: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): NextServer {
  const child = spawnNext([command, '-H', '127.0.0.1', '-p', String(port)], environment, onLine);
  const ended = once(child, 'exit').then(([code, signal]) => `Next ended (${signal ?? code}).`);
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      const isDone = await Promise.race([
        ended.then(() => true),
        sleep(5_000, false, { ref: false }),
      ]);
      if (!isDone) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs one of Next's commands to its end. */
export async function runNext(
  command: string[],
  environment: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Promise<{ ok: boolean }> {
  const [code] = await once(spawnNext(command, environment, onLine), 'exit');
  return { ok: code === 0 };
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

function spawnNext(
  command: string[],
  environment: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', './scripts/tether.mjs', 'node_modules/next/dist/bin/next', ...command],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...environment, NEXT_TELEMETRY_DISABLED: '1' },
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => onLine(withoutQuery(line)));
  }
  return child;
}

/** ` GET /api/auth/callback/email?token=… 302 in 9ms`: the token stays out of the log. */
function withoutQuery(line: string): string {
  return line.replace(/(\s\/[^\s?]*)\?\S+/g, '$1?…');
}
