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
