import type { Call } from '../mirror/read';
import { type Part, parts } from '../mirror/resources';
import type { EventFacts } from '../webhook/event';
import { markFailed, record } from '../webhook/event-log';
import { checkCustomer } from './check-customer';
import { countCustomers, customersAfter } from './customers';
import { listedSince, newestEvent } from './listed-events';
import { missedAmong, unfinished } from './missed-events';
import { createPace } from './pace';
import { moveOn, readUntil, readWalk, saveWalk, type Walk } from './progress';
import { type Progress, type Report, Tally } from './report';

export type Options = {
  /** Everything, one customer, or (by default) what Stripe's events since the last run point at. */
  scope?: 'all' | { customer: string };
  /** Look for events since then, instead of since the last run. */
  since?: Date;
  /** Whether to make our database say what Stripe says. */
  fix?: boolean;
  /** Requests to Stripe a second, at most. */
  rate?: number;
  /** Ends it after the requests that are under way; the next run goes on from there. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
};

const AT_ONCE = 8;
const WALK_PAGE = 50;
/** Events may be listed a little late, and clocks differ. */
const OVERLAP = 60 * 60 * 1_000;

/**
 * Finds where our database says otherwise than Stripe, and repairs it if wanted. Safe beside
 * webhooks and other runs, and safe to kill: the next run goes on from there.
 *
 * @throws Stripe.errors.StripeError when Stripe's events cannot be listed; what fails for one
 *   customer is in the report instead
 */
export async function reconcile(options: Options = {}): Promise<Report> {
  const run = new Run(options);
  try {
    if (options.scope === 'all') await run.everything();
    else if (options.scope) await run.customer(options.scope.customer);
    else await run.events(options.since ?? (await sinceLastRun()));
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    run.tally.report.complete = false;
  }
  return run.tally.report;
}

async function sinceLastRun(): Promise<Date | null> {
  const until = await readUntil();
  return until && new Date(until.getTime() - OVERLAP);
}

/** Once its signal is aborted, whatever it does next throws. */
class Run {
  readonly tally: Tally;
  readonly #fix: boolean;
  readonly #call: Call;

  constructor(private readonly options: Options) {
    this.tally = new Tally(options.onProgress);
    this.#fix = options.fix ?? false;
    this.#call = createPace(options.rate, options.signal);
  }

  async customer(id: string): Promise<void> {
    this.tally.expect(1);
    await this.#check(id, new Set(parts), []);
  }

  /** Every customer whose events did not all have their effect. */
  async events(since: Date | null): Promise<void> {
    const { isClean } = this.tally;
    let missed = await unfinished();
    const onEvents = (more: number) => this.tally.listed(more);
    for await (const { events, until } of listedSince(since, this.#call, onEvents)) {
      const more = await missedAmong(events);
      missed.push(...more.events);
      this.tally.missed(missed);
      this.tally.strangers(more.strangers);
      if (this.#fix) {
        for (const event of more.unrecorded) await record(event);
        await this.#checkAll(missed);
        missed = [];
      }
      // What was to be repaired is in the ledger now, also where that failed.
      const reached = until ?? events[0]?.createdAt;
      if (reached && isClean && missed.length === 0) await moveOn(reached, this.options.since);
    }
    await this.#checkAll(missed);
  }

  /** Every customer there is; then what happened behind the walk's back. */
  async everything(): Promise<void> {
    const walk = (await readWalk(this.#fix)) ?? (await this.#begin());
    this.tally.goOnFrom(walk);
    // Who could not be checked before the walk was stopped perhaps can be now.
    const again = walk.failed.map(({ customer }) => customer);
    this.tally.expect(again.length + (await countCustomers(walk.after)));
    await this.#each(again, (id) => this.#check(id, new Set(parts), []));
    for (;;) {
      const page = await customersAfter(walk.after, WALK_PAGE);
      const last = page.at(-1);
      if (last === undefined) break;
      await this.#each(page, (id) => this.#check(id, new Set(parts), []));
      const { checked, found, failed } = this.tally.report;
      Object.assign(walk, { after: last, checked, found, failed });
      await saveWalk(walk);
    }
    await this.events(walk.newestEvent ? new Date(walk.newestEvent) : null);
    await saveWalk(null);
  }

  /** @param events of this customer: a fix processes them */
  async #check(
    customer: string,
    read: ReadonlySet<Part>,
    events: readonly EventFacts[],
  ): Promise<void> {
    const ids = events.map(({ id }) => id);
    if (this.#fix) for (const event of events) await record(event);
    try {
      const check = { parts: read, fix: this.#fix, events: ids, call: this.#call };
      this.tally.checked(customer, await checkCustomer(customer, check), this.#fix);
    } catch (error) {
      this.options.signal?.throwIfAborted();
      this.tally.failed(customer, error);
      if (this.#fix) await markFailed(ids, error);
    }
  }

  async #checkAll(missed: readonly EventFacts[]): Promise<void> {
    const groups = byCustomer(missed);
    this.tally.expect(groups.length);
    await this.#each(groups, async ([customer, group]) => {
      const read = new Set(group.flatMap(({ part }) => part ?? []));
      await this.#check(customer, read, group);
    });
  }

  /** Several at once. When one breaks, or all are to stop, none begins another. */
  async #each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    const waiting = [...items];
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
        try {
          this.options.signal?.throwIfAborted();
          await work(item);
        } catch (error) {
          waiting.length = 0;
          throw error;
        }
      }
    });
    for (const end of await Promise.allSettled(workers)) {
      if (end.status === 'rejected') throw end.reason;
    }
  }

  async #begin(): Promise<Walk> {
    const newest = await newestEvent(this.#call);
    return {
      fix: this.#fix,
      startedAt: new Date().toISOString(),
      newestEvent: newest?.toISOString() ?? null,
      ...{ after: '', checked: 0, found: [], failed: [] },
    };
  }
}

function byCustomer(events: readonly EventFacts[]): [customer: string, events: EventFacts[]][] {
  const groups = new Map<string, Map<string, EventFacts>>();
  for (const event of events) {
    if (!event.customerId) continue;
    const group = groups.get(event.customerId) ?? new Map();
    groups.set(event.customerId, group.set(event.id, event));
  }
  return [...groups].map(([customer, group]) => [customer, [...group.values()]]);
}
