import { findOwner } from '../mirror/owner';
import { resources } from '../mirror/resources';
import { paced } from '../pace';
import type { EventFacts } from '../webhook/event';
import { markFailed, recordEvent } from '../webhook/event-log';
import { refundDeletedCustomer } from '../webhook/late-payment';
import { unprocessedEvents } from '../webhook/logged-events';
import { checkCustomer } from './check-customer';
import { countCustomers, customersAfter } from './customers';
import { eachConcurrently } from './each-concurrently';
import { LISTED_SECONDS, listedSince, newestEventTime } from './listed-events';
import { missedAmong } from './missed-events';
import { advanceUntil, readScan, readUntil, type Scan, saveScan } from './progress';
import { type Progress, type Report, Tally } from './report';

export type Options = {
  /** Everything, one customer, or by default the customers in Stripe's events since the last run. When that
   * was so long ago that Stripe no longer lists all of them, it is everything. */
  scope?: 'all' | { customer: string };
  /** Look for events since then, instead of since the last run. */
  since?: Date;
  /** Whether to make our database say what Stripe says. */
  fix?: boolean;
  /** Requests to Stripe a second, at most. */
  rate?: number;
  /** Ends the run after the requests in progress. The next run continues from there. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
};

const CONCURRENCY = 8;
const SCAN_PAGE = 50;
/** Milliseconds. Events may be listed a little late, and clocks differ. */
const OVERLAP = 60 * 60 * 1_000;

/**
 * Finds where our database disagrees with Stripe, and repairs it if wanted. Safe beside webhooks and
 * other runs, and safe to kill: the next run continues from there.
 *
 * @throws Stripe.errors.StripeError when Stripe's events cannot be listed. What fails for one
 *   customer is in the report instead
 */
export async function reconcile(options: Options = {}): Promise<Report> {
  const run = new Run(options);
  try {
    await paced({ perSecond: options.rate, signal: options.signal }, () => run.scope());
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    run.tally.report.complete = false;
  }
  return run.tally.report;
}

/** One run. Once its signal is aborted, whatever it does next throws. */
class Run {
  readonly tally: Tally;
  readonly #fix: boolean;

  constructor(private readonly options: Options) {
    this.tally = new Tally(options.onProgress);
    this.#fix = options.fix ?? false;
  }

  async scope(): Promise<void> {
    const { scope, since } = this.options;
    if (scope === 'all') await this.#everything();
    else if (scope) await this.#one(scope.customer);
    else if (since) await this.#events(since);
    else await this.#sinceLastRun();
  }

  /** Stripe's events since the last run; every customer when Stripe no longer has all of them. */
  async #sinceLastRun(): Promise<void> {
    const until = await readUntil();
    if (until && Date.now() - until.getTime() > LISTED_SECONDS * 1_000) {
      this.tally.report.gapSince = until;
      await this.#everything();
    } else await this.#events(until && new Date(until.getTime() - OVERLAP));
  }

  async #one(customer: string): Promise<void> {
    this.tally.expect(1);
    await this.#check(customer);
  }

  /** Every customer with an event that has not had its effect. */
  async #events(since: Date | null): Promise<void> {
    const { isClean } = this.tally;
    // Where nothing happens at Stripe, nothing is missing up to now; by a clock that may be wrong.
    const begun = new Date(Date.now() - OVERLAP);
    let missed = await unprocessedEvents();
    for await (const { events, until } of listedSince(since, () => this.tally.listed())) {
      const more = await missedAmong(events);
      missed.push(...more.events);
      for (const event of this.#fix ? more.unrecorded : []) {
        if (await this.#record(event)) missed.push(event);
      }
      this.tally.missed(missed);
      this.tally.strangers(more.strangers);
      if (this.#fix) {
        await this.#checkAll(missed);
        missed = [];
      }
      // Whatever had to be repaired is in the event log by now, even where the repair failed.
      const newest = events[0]?.createdAt ?? begun;
      if (isClean && missed.length === 0) {
        await advanceUntil(until ?? (newest > begun ? newest : begun), this.options.since);
      }
    }
    await this.#checkAll(missed);
  }

  /** Every customer there is, then what happened meanwhile to those already checked. */
  async #everything(): Promise<void> {
    const scan = (await readScan(this.#fix)) ?? (await newScan(this.#fix));
    this.tally.resumeFrom(scan);
    // Customers that failed before the interruption may succeed now.
    const again = scan.failed.map(({ customer }) => customer);
    this.tally.expect(again.length + (await countCustomers(scan.after)));
    await this.#each(again, (customer) => this.#check(customer));
    for (;;) {
      const page = await customersAfter(scan.after, SCAN_PAGE);
      const last = page.at(-1);
      if (last === undefined) break;
      await this.#each(page, (customer) => this.#check(customer));
      const { checked, found, failed } = this.tally.report;
      Object.assign(scan, { after: last, checked, found, failed });
      await saveScan(scan);
    }
    await this.#events(scan.newestEvent ? new Date(scan.newestEvent) : null);
    await saveScan(null);
  }

  async #checkAll(missed: readonly EventFacts[]): Promise<void> {
    const groups = byCustomer(missed);
    this.tally.expect(groups.length);
    await this.#each(groups, ([customer, events]) => this.#check(customer, events));
  }

  /** @param events of this customer, which a fix processes; without any, everything is checked */
  async #check(customer: string, events?: readonly EventFacts[]): Promise<void> {
    const ids = (events ?? []).map(({ id }) => id);
    const changed = new Set(events?.flatMap(({ resource }) => resource ?? []) ?? resources);
    if (this.#fix) for (const event of events ?? []) await this.#record(event);
    try {
      const check = { resources: changed, fix: this.#fix, events: ids };
      this.tally.checked(customer, await checkCustomer(customer, check), this.#fix);
    } catch (error) {
      this.options.signal?.throwIfAborted();
      this.tally.failed(customer, error);
      if (this.#fix) await markFailed(ids, error);
    }
  }

  /**
   * Records an event that was missed. One of a deleted account may be about a payment for it.
   *
   * @returns whether its customer is ours: one that was a stranger's may have become so meanwhile
   */
  async #record(event: EventFacts): Promise<boolean> {
    const recorded = await recordEvent(event);
    if (recorded.status !== 'ignored') return recorded.status === 'received';
    if (!event.customerId) return false;
    if (!recorded.isOfDeleted) {
      return recorded.isNewStranger && (await findOwner(event.customerId)) !== null;
    }
    try {
      await refundDeletedCustomer(event.customerId);
    } catch (error) {
      this.options.signal?.throwIfAborted();
      this.tally.failed(event.customerId, error);
      await markFailed([event.id], error);
    }
    return false;
  }

  #each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    return eachConcurrently(items, { limit: CONCURRENCY, signal: this.options.signal }, work);
  }
}

async function newScan(fix: boolean): Promise<Scan> {
  const newest = await newestEventTime();
  return {
    fix,
    startedAt: new Date().toISOString(),
    newestEvent: newest?.toISOString() ?? null,
    after: '',
    checked: 0,
    found: [],
    failed: [],
  };
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
