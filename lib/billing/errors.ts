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

/**
 * Runs a billing verb that ends in an address to go to. When it fails in a way that has a name, that
 * is logged for the operator, and the answer is a page of ours with the problem to show there.
 *
 * @param page where the person was
 * @param query what else that page's address said
 * @throws whatever is not billing's to explain, a bug for instance
 */
export async function urlOrProblem<Url extends string>(
  page: '/billing' | '/billing/switch' | '/pricing' | '/settings',
  verb: () => Promise<Url>,
  query: Record<string, string> = {},
): Promise<Url | `${typeof page}?${string}`> {
  try {
    return await verb();
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    logBillingError(error);
    if (problem === 'already-subscribed' || problem === 'no-change') {
      return `/billing?problem=${problem}`;
    }
    return `${page}?${new URLSearchParams({ ...query, problem })}`;
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

/** The 409 with which Stripe answers while a request with the same idempotency key is under way. */
export function isInFlight(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'idempotency_key_in_use';
}

function problemOf(error: unknown): Problem | null {
  if (error instanceof BillingError) return error.problem;
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  const isOurs =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError;
  return isOurs ? 'not-set-up' : 'unavailable';
}
