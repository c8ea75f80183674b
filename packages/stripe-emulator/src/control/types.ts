/** The public types of the controls. They import nothing of `stripe`, which need not be installed. */

import type { Delivery } from '../core/delivery';
import type { Fault } from '../core/fault';
import type { LoggedRequest } from '../core/request-log';

/**
 * What a test may do to the emulator, and see of it. The same controls are on HTTP under
 * `/_emulator/`, where they take the same bodies; every one throws an Error with the message that
 * HTTP would answer.
 */
export interface Control {
  /** Empties everything. Forwarding goes on, and what was seeded is seeded again. */
  reset(): void;
  /** The API requests received, newest last. */
  requests(): readonly LoggedRequest[];
  forgetRequests(): void;
  /** Webhook deliveries and their attempts, newest last. */
  deliveries(): ShownDelivery[];
  /** Delivers an event once more. */
  resend(event: string): void;
  clock(): ClockState;
  /** Moves the clock, and does all that falls due on the way: renewals, trials, retries, expiries. */
  advance(body: ClockBody): Promise<ClockState>;
  faults(): readonly Fault[];
  /** Makes something go wrong. */
  fault(body: FaultBody): Fault;
  clearFaults(): void;
  /** Keeps the whole state under a name. */
  saveSnapshot(name: string): void;
  /** Brings a kept state back. */
  restoreSnapshot(name: string): void;
  /** Gives a restricted key its rights, or makes a key expired or revoked. */
  changeKey(body: KeyBody): Required<Omit<KeyBody, 'key'>>;
  /** Makes the real objects behind an event. @returns the events that were written */
  trigger(body: TriggerBody): Triggered;
  billing(): BillingSettings;
  /** Changes what failed payments lead to. */
  changeBilling(body: BillingBody): BillingSettings;
  /** Saves the portal's settings, so that there is a default configuration. @returns it */
  savePortalSettings(body?: { mode?: 'test' | 'live'; key?: string }): object;
  /** The countries automatic tax is collected in, and their flat rates in percent. */
  tax(): Readonly<Record<string, number>>;
  changeTax(body: TaxBody): Readonly<Record<string, number>>;
  /** Gives a webhook endpoint a new secret; the former one signs too, for a day unless told otherwise. */
  rollSecret(endpoint: string, body?: { expires_in?: number }): RolledSecret;
}

/** How far to go. Months and years are those of the calendar. */
export interface Span {
  years?: number;
  months?: number;
  weeks?: number;
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/** `to` is in Unix seconds; a bare span is short for `advance`. */
export type ClockBody = { advance: Span } | { to: number } | Span;

export interface ClockState {
  /** Unix seconds. */
  now: number;
  iso: string;
  /** How many seconds it is ahead of real time. */
  offset: number;
}

export interface FaultBody {
  /** `POST /v1/customers`, `GET /v1/customers/*`, `*` for every request, `webhook`, `payment` or `search`. */
  on: string;
  kind: string;
  /** How often; without it until the faults are cleared. */
  times?: number;
  /** How late, for `latency`, `hang`, `delay` and `lag`: milliseconds, 1,000 unless given. */
  ms?: number;
  /** On `webhook`: only for events of this type. */
  event?: string;
  /** On `payment`: why it fails, such as `insufficient_funds`. */
  decline_code?: string;
}

export interface KeyBody {
  key: string;
  /** Of a restricted key, such as `customer_read`; writing includes reading. */
  rights?: string[];
  state?: 'active' | 'expired' | 'revoked';
}

export interface TriggerBody {
  /** Such as `invoice.paid`. */
  event: string;
  /** Whom it happens to; a new customer unless given. */
  customer?: string;
  /** For whose key it happens, where keys are kept apart. */
  key?: string;
}

export interface Triggered {
  /** Oldest first. */
  events: { id: string; type: string }[];
}

/** What failed payments lead to, and how early renewals are told of; what is absent stays. */
export interface BillingBody {
  /** Days from each failed attempt to the next. */
  retry_days?: number[];
  /** What becomes of the subscription after the last attempt. */
  after_retries?: 'cancel' | 'unpaid' | 'past_due';
  /** Days before a renewal at which `invoice.upcoming` is sent; 0: never. */
  upcoming_days?: number;
  mode?: 'test' | 'live';
}

export type BillingSettings = Required<Omit<BillingBody, 'mode'>>;

/** Percentages by country, such as `{ DE: 19 }`; null takes a country away. */
export type TaxBody = Record<string, number | null>;

/** A delivery with the event it carried; null once the event is gone. */
export type ShownDelivery = Delivery & { body: object | null };

export interface RolledSecret {
  /** The endpoint's. */
  id: string;
  secret: string;
  /** Until when the former secret signs too, in Unix seconds. */
  former_expires_at: number;
}
