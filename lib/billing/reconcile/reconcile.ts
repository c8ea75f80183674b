import type { EventFacts } from '../event';
import { markFailed, record } from '../ledger';
import { type Part, parts } from '../parts';
import type { Call } from '../read-mirror';
import { checkCustomer } from './check-customer';
import type { Difference } from './drift';
import { missedEvents, pages } from './missed-events';
import { createPace } from './pace';
import { readUntil, readWalk, saveUntil, saveWalk, type Walk } from './progress';
import { countCustomers, customersAfter } from './walk';

export type Options = {
  /** Everything, one customer, or (by default) what Stripe's events since the last run point at. */
  scope?: 'all' | { customer: string };
  /** Look for events since then, instead of since the last run. */
  since?: Date;
  /** Whether to make our database say what Stripe says. */
  fix?: boolean;
  /** Requests to Stripe a second, at most. */
  rate?: number;
  /** Ends it after what is under way; the next run goes on from there. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
};

export type Progress = { checked: number; total: number; found: number };

export type Report = {
  /** Customers that were compared with Stripe. */
  checked: number;
  /** Events whose effect was not in our database. */
  missedEvents: number;
  found: { customer: string; differences: Difference[]; fixed: boolean }[];
  failed: { customer: string; error: string }[];
  /** Customers of events that are none of ours. */
  strangers: number;
  /** False when it was stopped before the end. */
  complete: boolean;
};

/** Under Stripe's 25 a second in test mode, with room for everything else. */
const RATE = 15;
const AT_ONCE = 8;
const WALK_PAGE = 50;
/** Events may be listed a little late, and clocks differ. */
const OVERLAP = 60 * 60 * 1_000;
/** A walk that was stopped longer ago is begun anew. */
const WALK_KEPT = 24 * 60 * 60 * 1_000;

/**
 * Finds where our database says otherwise than Stripe, and repairs it if wanted. Safe beside
 * webhooks and other runs.
 *
 * @throws Stripe.errors.StripeError when Stripe's events cannot be listed; what fails for one
 *   customer is in the report instead
 */
export async function reconcile(options: Options = {}): Promise<Report> {
  const run = new Run(options);
  if (options.scope === 'all') await run.everything();
  else if (options.scope) await run.customer(options.scope.customer);
  else await run.events(options.since ?? (await sinceLastRun()));
  return run.report;
}

async function sinceLastRun(): Promise<Date | null> {
  const until = await readUntil();
  return until && new Date(until.getTime() - OVERLAP);
}

class Run {
  readonly report: Report = {
    ...{ checked: 0, missedEvents: 0, found: [], failed: [], strangers: 0 },
    complete: true,
  };
  readonly #fix: boolean;
  readonly #call: Call;
  #total = 0;

  constructor(private readonly options: Options) {
    this.#fix = options.fix ?? false;
    this.#call = createPace(options.rate ?? RATE);
  }

  async customer(id: string): Promise<void> {
    this.#total = 1;
    await this.#check(id, new Set(parts), []);
  }

  /** Every customer whose events did not all have their effect. */
  async events(since: Date | null): Promise<void> {
    const { events, newest } = await missedEvents(since, this.#call);
    this.report.missedEvents += events.length;
    const groups = byCustomer(events);
    this.#total += groups.length;
    await this.#each(groups, async ([customer, group]) => {
      const read = new Set(group.flatMap(({ part }) => part ?? []));
      await this.#check(customer, read, group);
    });
    const { complete, failed, found } = this.report;
    const isSettled = complete && failed.length === 0 && (this.#fix || events.length === 0);
    if (newest && isSettled && found.every(({ fixed }) => fixed)) await this.#moveOn(newest);
  }

  /** Every customer there is; then what happened behind the walk's back. */
  async everything(): Promise<void> {
    const walk = (await this.#stopped()) ?? (await this.#begin());
    this.report.checked = walk.checked;
    this.report.found.push(...walk.found);
    this.#total = walk.checked + (await countCustomers(walk.after));
    for (;;) {
      const page = await customersAfter(walk.after, WALK_PAGE);
      if (page.length === 0 || this.#isStopped()) break;
      await this.#each(page, (id) => this.#check(id, new Set(parts), []));
      if (!this.report.complete) break;
      const { checked, found } = this.report;
      Object.assign(walk, { after: page.at(-1), checked, found });
      await saveWalk(walk);
    }
    if (!this.report.complete) return;
    await this.events(walk.newestEvent ? new Date(walk.newestEvent) : null);
    await saveWalk(null);
  }

  async #begin(): Promise<Walk> {
    const { value: page } = await pages(null, this.#call).next();
    return {
      fix: this.#fix,
      startedAt: new Date().toISOString(),
      newestEvent: page?.[0]?.createdAt.toISOString() ?? null,
      ...{ after: '', checked: 0, found: [] },
    };
  }

  async #stopped(): Promise<Walk | null> {
    const walk = await readWalk();
    if (!walk || walk.fix !== this.#fix) return null;
    return Date.now() - Date.parse(walk.startedAt) < WALK_KEPT ? walk : null;
  }

  async #check(
    customer: string,
    read: ReadonlySet<Part>,
    events: readonly EventFacts[],
  ): Promise<void> {
    const ids = events.map(({ id }) => id);
    try {
      if (this.#fix) for (const event of events) await record(event);
      const check = { parts: read, fix: this.#fix, events: ids, call: this.#call };
      const differences = await checkCustomer(customer, check);
      if (!differences) this.report.strangers++;
      else if (differences.length > 0) {
        this.report.found.push({ customer, differences, fixed: this.#fix });
      }
    } catch (error) {
      this.report.failed.push({ customer, error: messageOf(error) });
      if (this.#fix) await markFailed(ids, error);
    }
    this.report.checked++;
    const { checked, found } = this.report;
    this.options.onProgress?.({ checked, total: this.#total, found: found.length });
  }

  async #each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    const waiting = [...items];
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
        if (this.#isStopped()) return;
        await work(item);
      }
    });
    await Promise.all(workers);
  }

  #isStopped(): boolean {
    if (this.options.signal?.aborted) this.report.complete = false;
    return !this.report.complete;
  }

  /** Not past our own time: events of a test clock are dated in its future. */
  async #moveOn(newest: Date): Promise<void> {
    const until = await readUntil();
    const reached = new Date(Math.min(newest.getTime(), Date.now()));
    const { since } = this.options;
    const leavesGap = since && (!until || since > until);
    if (!leavesGap && (!until || reached > until)) await saveUntil(reached);
  }
}

function byCustomer(events: readonly EventFacts[]): [customer: string, events: EventFacts[]][] {
  const groups = new Map<string, EventFacts[]>();
  for (const event of events) {
    if (!event.customerId) continue;
    const group = groups.get(event.customerId);
    if (group) group.push(event);
    else groups.set(event.customerId, [event]);
  }
  return [...groups];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
