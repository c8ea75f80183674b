import type { EventFacts } from '../webhook/event';
import type { Drift } from './drift';
import type { Scan } from './progress';

/** How many of Stripe's events were listed, how many of the customers were checked, how many drift. */
export type Progress = { listed: number; checked: number; total: number; found: number };

export type Report = {
  /** How often a customer was compared with Stripe. */
  checked: number;
  /** Events about customers of ours whose effect was not in our database. */
  missedEvents: number;
  found: Scan['found'];
  failed: Scan['failed'];
  /** Customers that are not ours: events were about them, or somebody asked for them. */
  strangers: number;
  /** False when it was stopped early. */
  complete: boolean;
  /** When the last complete run was, if events since then are lost: then every customer is checked. */
  gapSince: Date | null;
};

/** Builds a run's report and announces its progress. */
export class Tally {
  readonly report: Report = {
    checked: 0,
    missedEvents: 0,
    found: [],
    failed: [],
    strangers: 0,
    complete: true,
    gapSince: null,
  };
  readonly #missed = new Set<string>();
  readonly #strangers = new Set<string>();
  readonly #drifting = new Set<string>();
  #listed = 0;
  #total = 0;

  constructor(private readonly onProgress: (progress: Progress) => void = () => {}) {}

  /** Whether all customers checked so far now agree with Stripe. */
  get isClean(): boolean {
    const { failed, found } = this.report;
    return failed.length === 0 && found.every(({ fixed }) => fixed);
  }

  /** Continues an interrupted run: customers that failed in it are checked again. */
  resumeFrom({ checked, found, failed }: Scan): void {
    this.report.checked = checked - failed.length;
    for (const each of found) this.#found(each.customer, each.differences, each.fixed);
    this.#total += this.report.checked;
  }

  listed(): void {
    this.#listed++;
    this.#announce();
  }

  missed(events: readonly EventFacts[]): void {
    for (const { id } of events) this.#missed.add(id);
    this.report.missedEvents = this.#missed.size;
  }

  strangers(customers: readonly string[]): void {
    for (const customer of customers) this.#strangers.add(customer);
    this.report.strangers = this.#strangers.size;
  }

  /** Adds customers to check. */
  expect(more: number): void {
    this.#total += more;
  }

  /** Counts a checked customer; `differences` is null when it is not one of ours. */
  checked(customer: string, differences: Drift[] | null, fixed: boolean): void {
    if (!differences) this.strangers([customer]);
    else if (differences.length > 0) this.#found(customer, differences, fixed);
    this.#done();
  }

  failed(customer: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.report.failed.push({ customer, error: message });
    this.#done();
  }

  /** Drift that is not repaired may be found again: it counts once. */
  #found(customer: string, differences: Drift[], fixed: boolean): void {
    if (this.#drifting.has(customer)) return;
    if (!fixed) this.#drifting.add(customer);
    this.report.found.push({ customer, differences, fixed });
  }

  #done(): void {
    this.report.checked++;
    this.#announce();
  }

  #announce(): void {
    const { checked, found } = this.report;
    this.onProgress({ listed: this.#listed, checked, total: this.#total, found: found.length });
  }
}
