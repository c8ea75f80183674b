import type { EventFacts } from '../webhook/event';
import type { Difference } from './drift';

/** How many of Stripe's events were listed, and of the customers to check how many are done. */
export type Progress = { listed: number; checked: number; total: number; found: number };

export type Report = {
  /** How often a customer was compared with Stripe. */
  checked: number;
  /** Events about customers of ours whose effect was not in our database. */
  missedEvents: number;
  found: { customer: string; differences: Difference[]; fixed: boolean }[];
  failed: { customer: string; error: string }[];
  /** Customers that events were about, or that was asked for, and that are none of ours. */
  strangers: number;
  /** False when it was stopped before the end. */
  complete: boolean;
};

/** Makes a run's report as it goes, and tells of its progress. */
export class Tally {
  readonly report: Report = {
    ...{ checked: 0, missedEvents: 0, found: [], failed: [], strangers: 0 },
    complete: true,
  };
  readonly #missed = new Set<string>();
  readonly #strangers = new Set<string>();
  readonly #drifting = new Set<string>();
  #listed = 0;
  #total = 0;

  constructor(private readonly onProgress: (progress: Progress) => void = () => {}) {}

  /** Whether all that was found so far is as Stripe says. */
  get isClean(): boolean {
    const { failed, found } = this.report;
    return failed.length === 0 && found.every(({ fixed }) => fixed);
  }

  /** Takes over what an earlier part of the same run had done: what failed in it was not. */
  goOnFrom({ checked, found, failed }: Pick<Report, 'checked' | 'found' | 'failed'>): void {
    this.report.checked = checked - failed.length;
    for (const each of found) this.#found(each.customer, each.differences, each.fixed);
    this.#total += this.report.checked;
  }

  listed(more: number): void {
    this.#listed += more;
    this.#tell();
  }

  missed(events: readonly EventFacts[]): void {
    for (const { id } of events) this.#missed.add(id);
    this.report.missedEvents = this.#missed.size;
  }

  strangers(customers: readonly string[]): void {
    for (const customer of customers) this.#strangers.add(customer);
    this.report.strangers = this.#strangers.size;
  }

  /** There are more customers to check. */
  expect(more: number): void {
    this.#total += more;
  }

  /** A customer was checked; null when it is not one of ours. */
  checked(customer: string, differences: Difference[] | null, fixed: boolean): void {
    if (!differences) this.strangers([customer]);
    else if (differences.length > 0) this.#found(customer, differences, fixed);
    this.#done();
  }

  failed(customer: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.report.failed.push({ customer, error: message });
    this.#done();
  }

  /** What is not repaired, and found again, is still the same. */
  #found(customer: string, differences: Difference[], fixed: boolean): void {
    if (this.#drifting.has(customer)) return;
    if (!fixed) this.#drifting.add(customer);
    this.report.found.push({ customer, differences, fixed });
  }

  #done(): void {
    this.report.checked++;
    this.#tell();
  }

  #tell(): void {
    const { checked, found } = this.report;
    this.onProgress({ listed: this.#listed, checked, total: this.#total, found: found.length });
  }
}
