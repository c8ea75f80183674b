import { Agenda, type DueHandler } from './agenda';
import { EmulatorClock } from './clock';
import { Context, type ContextOptions } from './context';
import { StripeError } from './errors';
import type { Expansions } from './expand';
import { Faults } from './faults';
import { RequestLog } from './request-log';
import { Store } from './store';
import { Webhooks } from './webhooks';

export interface CoreOptions {
  /** The folder of the state, or `memory`. */
  dir: string;
  /** Public base URL of the hosted pages, without a trailing slash. */
  origin: string;
  /** On the hosted pages, where the account has no name of its own. */
  businessName: string;
  /** What the dashboard links to beside its own pages, from paths to names. */
  dashboardLinks: Readonly<Record<string, string>>;
  expansions: Expansions;
  due: ReadonlyMap<string, DueHandler>;
  /** Milliseconds between the tries of a delivery. */
  webhookRetries?: readonly number[];
}

/** The emulator's own account, which its keys are keys of. */
const ACCOUNT_ID = 'acct_1EmulatorBilling0';

/** The parts every request shares. */
export class Core {
  readonly store: Store;
  readonly clock: EmulatorClock;
  readonly faults = new Faults();
  readonly requests = new RequestLog();
  readonly agenda: Agenda;
  readonly webhooks: Webhooks;
  readonly origin: string;
  readonly businessName: string;
  readonly dashboardLinks: Readonly<Record<string, string>>;
  readonly accountId = ACCOUNT_ID;
  readonly expansions: Expansions;
  #afterCommit: (() => void)[] = [];
  #depth = 0;
  #closed = false;

  constructor(options: CoreOptions) {
    this.origin = options.origin;
    this.businessName = options.businessName;
    this.dashboardLinks = options.dashboardLinks;
    this.expansions = options.expansions;
    this.store = new Store(options.dir);
    this.clock = new EmulatorClock(this.#storedOffset());
    this.agenda = new Agenda(this, options.due);
    this.webhooks = new Webhooks(this, options.webhookRetries);
    this.store.onReplaced(() => {
      this.clock.offset = this.#storedOffset();
      this.faults.searchLag.clear();
      this.agenda.rebuild();
      this.webhooks.rebuild();
    });
  }

  context(world: string, options?: ContextOptions): Context {
    return new Context(this, world, options);
  }

  /** A transaction; what it left for after its commit runs once it is on disk. */
  transact<T>(work: () => T): T {
    this.#depth++;
    let committed = false;
    try {
      const result = this.store.transaction(work, keepsChanges);
      committed = true;
      return result;
    } catch (error) {
      committed = keepsChanges(error);
      throw error;
    } finally {
      this.#depth--;
      if (this.#depth === 0) {
        const waiting = this.#afterCommit;
        this.#afterCommit = [];
        if (committed) for (const task of waiting) task();
      }
    }
  }

  /** Inside a transaction: what `work` gives, and the world as if it had never run. */
  rehearse<T>(work: () => T): T {
    const waiting = [...this.#afterCommit];
    try {
      return this.store.rehearse(work);
    } finally {
      this.#afterCommit = waiting;
    }
  }

  afterCommit(work: () => void): void {
    this.#afterCommit.push(work);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Nothing is delivered, done or written any more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.webhooks.close();
    this.store.close();
  }

  /** Moves the emulator's clock; the move is part of the state. Only inside a transaction. */
  moveClock(time: number): void {
    this.clock.moveTo(time);
    this.store.world('emulator')._setting.put({ id: 'clock_offset', value: this.clock.offset });
  }

  #storedOffset(): number {
    return Number(this.store.world('emulator')._setting.get('clock_offset')?.value ?? 0);
  }
}

function keepsChanges(error: unknown): boolean {
  return error instanceof StripeError && error.keepsChanges;
}
