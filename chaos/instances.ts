import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('instance.ts', import.meta.url));

/** Instances of the app that have started and do not know yet whose place they will take. */
export class Spares {
  #next = spare();

  take(): Promise<ChildProcess> {
    const taken = this.#next;
    this.#next = spare();
    return taken;
  }

  async close(): Promise<void> {
    await end(await this.#next);
  }
}

/** A place where an instance of the app runs; when it is killed, a spare one takes over. */
export class Seat {
  #running: Promise<Instance>;

  constructor(
    private readonly spares: Spares,
    private readonly environment: NodeJS.Dict<string>,
  ) {
    this.#running = this.#begin();
  }

  async ready(): Promise<void> {
    await this.#running;
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
    await this.close();
    this.#running = this.#begin();
    await this.#running;
  }

  async close(): Promise<void> {
    const { child } = await this.#running;
    await end(child);
  }

  async #begin(): Promise<Instance> {
    const child = await this.spares.take();
    child.send(this.environment);
    const [{ port }] = await once(child, 'message');
    return { child, port };
  }
}

type Instance = { child: ChildProcess; port: number };

async function spare(): Promise<ChildProcess> {
  const child = fork(PROGRAM, {
    cwd: path.dirname(path.dirname(PROGRAM)),
    execArgv: ['--import', 'tsx'],
  });
  await once(child, 'message');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
