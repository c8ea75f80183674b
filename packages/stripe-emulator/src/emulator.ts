import type { Hono } from 'hono';
import type { UncheckedControl } from './control/control';
import type { Context } from './core/context';
import type { Core } from './core/core';
import type { Experiment } from './core/experiment';
import type { LinkVisit } from './core/payment-link-details';
import type { Method } from './core/route';
import type { Seed } from './seed';

export interface StripeEmulatorOptions {
  /** The folder of the state, or `memory` to keep none. */
  dir: string;
  /** Public base URL of the hosted pages, such as `http://localhost:4242`. */
  origin: string;
  /** The business's name on the hosted pages. */
  businessName?: string;
  /** More links for the dashboard, from paths to names. */
  dashboardLinks?: Readonly<Record<string, string>>;
  /** What the dashboard's first page offers to try. */
  experiments?: readonly Experiment[];
  /** The API version of the account; the newest unless given. */
  apiVersion?: string;
  /** Every API key has data of its own. */
  isolateKeys?: boolean;
  /** What is there from the beginning, and again after a reset. */
  seed?: Seed;
  /** Milliseconds between the tries of a webhook delivery. */
  webhookRetries?: readonly number[];
}

export interface StripeEmulator {
  /** Carries the API, the hosted pages, the dashboard and the controls. */
  readonly app: Hono;
  readonly core: Core;
  /** What a test may do to it: `/_emulator/*` without HTTP. */
  readonly control: UncheckedControl;
  /**
   * A request without HTTP or key, through the same checks.
   * @param world `test` or `live`, or an account's, as `test/acct_…`
   * @throws StripeError as the API refuses
   */
  call(world: string, method: Method, path: string, params?: object): Record<string, unknown>;
  /** Opens the Checkout session that a payment link leads to. @returns its id; throws StripeError */
  openPaymentLink(world: string, link: string, visit: LinkVisit): string;
  /** A transaction with a context of its own, for reading, and for the engine's functions. */
  run<T>(world: string, work: (ctx: Context) => T): T;
  /** Makes sure that every test event goes to this URL, signed with this secret; outlives a reset. */
  ensureForward(forward: { url: string; secret: string }): void;
  /** Ends what is due and deliveries, and closes the journal. */
  close(): Promise<void>;
}
