import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a command said, and the exit code it ended with. */
export type Ended = { code: number | null; out: string; err: string };

/** A command of ours, as a process of its own: for tests. */
export type RunningCommand = { process: ChildProcess; ended: Promise<Ended> };

/**
 * Starts a program of ours as its npm script does.
 *
 * @param environment beside, and over, that of this process
 */
export function startCommand(
  program: string,
  typed: readonly string[],
  environment: NodeJS.Dict<string> = {},
): RunningCommand {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...typed], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(
    ([out, err, [code]]) => ({ code, out, err }),
  );
  return { process: child, ended };
}

/** Runs one to its end. */
export function runCommand(
  program: string,
  typed: readonly string[],
  environment?: NodeJS.Dict<string>,
): Promise<Ended> {
  return startCommand(program, typed, environment).ended;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls a command of `npm run billing` within this process: without the seconds that a process takes to start. */
export async function callCommand(
  command: (typed: string[]) => Promise<number>,
  ...typed: string[]
): Promise<Ended> {
  const { log, error } = console;
  const kept = new Set(signals.flatMap((signal) => process.listeners(signal)));
  let [out, err] = ['', ''];
  console.log = (line: string) => {
    out += `${line}\n`;
  };
  console.error = (line: string) => {
    err += `${line}\n`;
  };
  try {
    const code = await command(typed);
    return { code, out, err };
  } finally {
    Object.assign(console, { log, error });
    // A command that can be stopped listens for these, and this process is not its own.
    for (const signal of signals) {
      for (const listener of process.listeners(signal)) {
        if (!kept.has(listener)) process.off(signal, listener);
      }
    }
  }
}
