import Stripe from 'stripe';
import { log } from '../log';
import type { Problem } from './notices';

/** A case of billing that has a name: `problem` is what the person is told, `message` is for logs. */
export class BillingError extends Error {
  override name = 'BillingError';
  constructor(
    readonly problem: Problem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** One line for the operator, with Stripe's request ID to look it up in their log. */
export function logBillingError(error: unknown): void {
  log.error('billing failed', error);
}

/**
 * The parameter that Stripe refused (`resource_missing`, a feature that is off, …), or '' when it
 * does not say which; null when the error is not a refusal of what we asked for.
 */
export function refusedParam(error: unknown): string | null {
  const isRefusal = error instanceof Stripe.errors.StripeInvalidRequestError;
  return isRefusal ? (error.param ?? '') : null;
}

/** Whether the bank refused a payment, or wants its holder to approve it. */
export function isDeclined(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeCardError;
}

/**
 * Waits for a change that Stripe refuses when it was made already, in another tab for instance.
 *
 * @returns whether it was made now
 * @throws whatever is not a refusal
 */
export async function unlessDone(change: Promise<unknown>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    if (refusedParam(error) === null) throw error;
    return false;
  }
}

/** Stripe's 409 while a request with the same idempotency key is in progress. */
export function isInFlight(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'idempotency_key_in_use';
}

/** What the person is told of an error; null for one that is not billing's to explain, such as a bug. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof BillingError) return error.problem;
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  if (error instanceof Stripe.errors.StripeCardError) return 'card-declined';
  if (refusedParam(error)?.startsWith('discounts')) return 'code-refused';
  const isOurs =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError;
  return isOurs ? 'not-set-up' : 'unavailable';
}
