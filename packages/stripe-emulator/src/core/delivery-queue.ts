/** One delivery that is to be tried. */
export interface Job {
  world: string;
  delivery: string;
  endpoint: string;
  badSignature?: boolean;
}

const MOST_AT_ONCE = 16;
/** A delivery held back to be overtaken goes out anyway when nothing overtakes it. */
const HELD_AT_MOST_MILLISECONDS = 3_000;

/** When each delivery is tried: at once, later, or behind the next one; so many at a time. */
export class DeliveryQueue {
  #send: (job: Job) => Promise<void>;
  /** Newest last; a month of many customers makes so many that taking from the front would be slow. */
  #waiting: Job[] = [];
  /** Waiting longer than those, newest first: the next one is at the end. */
  #nextUp: Job[] = [];
  #timers = new Map<string, NodeJS.Timeout>();
  #held = new Map<string, Job>();
  #sending = 0;
  #closed = false;

  constructor(send: (job: Job) => Promise<void>) {
    this.#send = send;
  }

  get closed(): boolean {
    return this.#closed;
  }

  now(job: Job): void {
    this.#forget(job);
    this.#waiting.push(job);
    this.#pump();
  }

  later(job: Job, milliseconds: number): void {
    this.#forget(job);
    const timer = setTimeout(() => this.now(job), Math.max(milliseconds, 0));
    timer.unref();
    this.#timers.set(job.delivery, timer);
  }

  /** Keeps a delivery back until another one to the same endpoint has been made. */
  hold(job: Job): void {
    this.later(job, HELD_AT_MOST_MILLISECONDS);
    this.#held.set(job.delivery, job);
  }

  /** Forgets everything that waits; what is being sent is sent. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#held.clear();
    this.#waiting = [];
    this.#nextUp = [];
  }

  close(): void {
    this.#closed = true;
    this.clear();
  }

  #forget(job: Job): void {
    clearTimeout(this.#timers.get(job.delivery));
    this.#timers.delete(job.delivery);
    this.#held.delete(job.delivery);
  }

  #pump(): void {
    while (!this.#closed && this.#sending < MOST_AT_ONCE) {
      const job = this.#takeNext();
      if (!job) return;
      this.#sending++;
      void this.#send(job).finally(() => {
        this.#sending--;
        this.#release(job);
        this.#pump();
      });
    }
  }

  #takeNext(): Job | undefined {
    if (this.#nextUp.length === 0) {
      this.#nextUp = this.#waiting.reverse();
      this.#waiting = [];
    }
    return this.#nextUp.pop();
  }

  #release(passed: Job): void {
    for (const job of [...this.#held.values()]) {
      if (job.endpoint === passed.endpoint && job.delivery !== passed.delivery) this.now(job);
    }
  }
}
