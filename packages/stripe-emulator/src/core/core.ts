import { Agenda, type DueHandler } from './agenda';
import { EmulatorClock } from './clock';
import { Context, type ContextOptions, type Mode } from './context';
import { StripeError } from './errors';
import { type Expansions, mergeExpansions } from './expand';
import type { Experiment } from './experiment';
import { Faults } from './faults';
import { randomText } from './ids';
import { privateWorld } from './keys';
import { RequestLog } from './request-log';
import { Store } from './store';
import { API_VERSION } from './surface';
import type { VersionChange } from './version-change';
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
  /** What the dashboard's first page offers to try. */
  experiments: readonly Experiment[];
  expansions: Expansions;
  /** What the versions of the API changed. */
  changes: readonly VersionChange[];
  /** The account's version: of requests and webhook endpoints that name none. The newest unless given. */
  apiVersion?: string;
  due: ReadonlyMap<string, DueHandler>;
  /** Every API key has data of its own. */
  isolateKeys?: boolean;
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
  readonly experiments: readonly Experiment[];
  readonly accountId = ACCOUNT_ID;
  readonly apiVersion: string;
  readonly isolatesKeys: boolean;
  /** Called once for each world that belongs to a key alone, before anything happens in it. */
  prepareWorld: (world: string) => void = () => undefined;
  #prepared = new Set<string>();
  #expansions: Expansions;
  #changes: readonly VersionChange[];
  #known = new Map<string, { changes: readonly VersionChange[]; expansions: Expansions }>();
  #afterCommit: (() => void)[] = [];
  #depth = 0;
  #closed = false;

  constructor(options: CoreOptions) {
    this.origin = options.origin;
    this.businessName = options.businessName;
    this.dashboardLinks = options.dashboardLinks;
    this.experiments = options.experiments;
    this.#expansions = options.expansions;
    this.#changes = [...options.changes].sort((a, b) => (a.version < b.version ? 1 : -1));
    this.apiVersion = options.apiVersion ?? API_VERSION;
    this.isolatesKeys = options.isolateKeys ?? false;
    this.store = new Store(options.dir);
    this.clock = new EmulatorClock(this.#storedOffset());
    this.agenda = new Agenda(this, options.due);
    this.webhooks = new Webhooks(this, options.webhookRetries);
    this.store.onReplaced(() => {
      this.clock.offset = this.#storedOffset();
      this.faults.searchLag.clear();
      this.agenda.rebuild();
      this.webhooks.rebuild();
      this.#prepared.clear();
    });
  }

  /** The world that a key works in: that of its mode, or one of its own. */
  worldOf(mode: Mode, key: string | undefined): string {
    if (!this.isolatesKeys || key === undefined) return mode;
    const world = privateWorld(mode, key);
    if (!this.#prepared.has(world)) {
      this.#prepared.add(world);
      this.prepareWorld(world);
    }
    return world;
  }

  context(world: string, options?: ContextOptions): Context {
    return new Context(this, world, options);
  }

  /** What changed after a version, newest first. */
  changesSince(version: string): readonly VersionChange[] {
    return this.#of(version).changes;
  }

  /** What can be expanded in the newest version, or in another one. */
  expansions(version = API_VERSION): Expansions {
    return this.#of(version).expansions;
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

  /** What the addresses of hosted pages are signed with; part of the state, as they are. */
  pageSecret(): string {
    const { _setting } = this.store.world('emulator');
    const known = _setting.get('page_secret')?.value;
    if (typeof known === 'string') return known;
    const secret = randomText(32);
    this.transact(() => _setting.put({ id: 'page_secret', value: secret }));
    return secret;
  }

  #of(version: string) {
    const known = this.#known.get(version);
    if (known) return known;
    const changes = this.#changes.filter((change) => version < change.version);
    const expansions = mergeExpansions([this.#expansions, ...changes.map((one) => one.expansions)]);
    const made = { changes, expansions };
    this.#known.set(version, made);
    return made;
  }

  #storedOffset(): number {
    return Number(this.store.world('emulator')._setting.get('clock_offset')?.value ?? 0);
  }
}

function keepsChanges(error: unknown): boolean {
  return error instanceof StripeError && error.keepsChanges;
}
