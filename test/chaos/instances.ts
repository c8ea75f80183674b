import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

/** Instances of the app that have started and do not know yet whose place they will take. */
export class Spares {
  #next: Promise<ChildProcess>;

  /** @param program the file of chaos/instance */
  constructor(private readonly program: string) {
    this.#next = this.#begin();
  }

  take(): Promise<ChildProcess> {
    const taken = this.#next;
    this.#next = this.#begin();
    return taken;
  }

  async close(): Promise<void> {
    await end(await this.#next);
  }

  /** Whoever takes it hears that it did not start; nobody may, when the run is stopped. */
  #begin(): Promise<ChildProcess> {
    const child = this.#start();
    child.catch(() => {});
    return child;
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(this.program, { execArgv: [] });
    await told(child);
    return child;
  }
}

/** A place where an instance of the app runs; when it is killed, a spare one takes over. */
export class Seat {
  /** Whether it takes the present for another time. */
  isSkewed = false;
  #running: Promise<Instance>;
  #unanswered = 0;

  constructor(
    private readonly spares: Spares,
    private readonly environment: NodeJS.Dict<string>,
  ) {
    this.#running = this.#begin();
  }

  async ready(): Promise<void> {
    await this.#running;
  }

  /** Whether there is a request that it has not answered yet. */
  get isBusy(): boolean {
    return this.#unanswered > 0;
  }

  /**
   * Asks the instance.
   *
   * @returns its answer; null when it was killed before it gave one
   * @throws when it gave none for another reason: it ended by itself, for instance
   */
  async ask(address: string, init?: RequestInit): Promise<Response | null> {
    const { child, port } = await this.#running;
    this.#unanswered++;
    try {
      return await fetch(`http://127.0.0.1:${port}${address}`, { method: 'POST', ...init });
    } catch (error) {
      if (child.killed) return null;
      throw new Error(`An instance gave no answer to ${address}.`, { cause: error });
    } finally {
      this.#unanswered--;
    }
  }

  async skew(seconds: number): Promise<void> {
    this.isSkewed = seconds !== 0;
    await this.ask(`/skew?seconds=${seconds}`);
  }

  /** SIGKILL: nothing is finished, nothing is said goodbye to. */
  async kill(): Promise<void> {
    await this.close();
    this.isSkewed = false;
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
    const { port } = z.object({ port: z.int() }).parse(await told(child));
    return { child, port };
  }
}

type Instance = { child: ChildProcess; port: number };

/** What a child says next. @throws when it ends instead */
async function told(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('An instance of the app did not start; it says why above.');
  });
  ended.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
