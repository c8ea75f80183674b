import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { Customer } from './objects';

const ENDED: ReadonlySet<string> = new Set(['canceled', 'incomplete_expired']);

/**
 * A customer has one currency as long as something runs in it: a subscription, an item that waits for
 * its invoice, or an open Checkout session for a subscription.
 *
 * @param exceptSession the Checkout session that is being completed
 * @throws StripeError for another currency
 */
export function refuseOtherCurrency(
  ctx: Context,
  customer: Customer,
  currency: string,
  param: string,
  exceptSession?: string,
): void {
  const locked = currenciesOf(ctx, customer.id, exceptSession).find((other) => other !== currency);
  if (!locked) return;
  throw invalidRequest(
    `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, invoice item, or open Checkout Session with currency ${locked}.`,
    param,
  );
}

function currenciesOf(ctx: Context, customer: string, session: string | undefined): string[] {
  const subscriptions = [...ctx.by('subscription', 'customer', customer)]
    .filter(({ status }) => !ENDED.has(status))
    .map(({ currency }) => currency);
  const items = [...ctx.by('invoiceitem', 'pending', customer)].map(({ currency }) => currency);
  const sessions = [...ctx.by('checkout.session', 'customer', customer)]
    .filter(({ mode }) => mode === 'subscription')
    .filter(({ id, status }) => status === 'open' && id !== session)
    .flatMap(({ currency }) => currency ?? []);
  return [...subscriptions, ...items, ...sessions];
}
