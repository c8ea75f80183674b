import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('instance.ts', import.meta.url));

/** A place where an instance of the app runs; when it is killed, the next one takes over. */
export class Seat {
  #running: Promise<Instance>;
  #spare: Promise<Instance>;

  constructor(private readonly environment: NodeJS.Dict<string>) {
    this.#running = start(environment);
    this.#spare = start(environment);
  }

  async ready(): Promise<void> {
    await Promise.all([this.#running, this.#spare]);
  }

  /** Asks the instance; null when it gave no answer, because it was killed. */
  async ask(address: string, init?: RequestInit): Promise<Response | null> {
    const { port } = await this.#running;
    return fetch(`http://127.0.0.1:${port}${address}`, { method: 'POST', ...init }).catch(
      () => null,
    );
  }

  /** SIGKILL: nothing is finished, nothing is said goodbye to. */
  async kill(): Promise<void> {
    await end(this.#running);
    this.#running = this.#spare;
    this.#spare = start(this.environment);
  }

  async close(): Promise<void> {
    await Promise.all([end(this.#running), end(this.#spare)]);
  }
}

type Instance = { child: ChildProcess; port: number };

async function start(environment: NodeJS.Dict<string>): Promise<Instance> {
  const child = fork(PROGRAM, {
    cwd: path.dirname(path.dirname(PROGRAM)),
    env: { ...process.env, ...environment },
    execArgv: ['--import', 'tsx'],
  });
  const [{ port }] = await once(child, 'message');
  return { child, port };
}

async function end(instance: Promise<Instance>): Promise<void> {
  const { child } = await instance;
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
