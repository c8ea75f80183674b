import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import type { CartItem } from './checkout-quote';
import type { CheckoutSession } from './objects';

/**
 * What a session sells, with the quantities chosen on its page.
 *
 * @throws StripeError for a quantity that the session does not allow
 */
export function cartOf(
  ctx: Context,
  session: CheckoutSession,
  quantities: Record<string, number> = {},
): CartItem[] {
  const { lineItems, taxRates = {} } = ctx.get('_checkout', session.id);
  return lineItems.flatMap((line) => {
    if (!line.price) return [];
    return {
      id: line.id,
      price: line.price,
      quantity: allowedQuantity(line, quantities[line.id]),
      adjustable: line.adjustable_quantity,
      metadata: line.metadata ?? {},
      taxRates: taxRates[line.id] ?? [],
    };
  });
}

function allowedQuantity(
  line: { adjustable_quantity: CartItem['adjustable']; quantity: number | null },
  asked: number | undefined,
): number {
  const given = line.quantity ?? 1;
  const { enabled, minimum, maximum } = line.adjustable_quantity ?? { enabled: false };
  if (asked === undefined || asked === given) return given;
  const isAllowed =
    enabled && Number.isInteger(asked) && asked >= (minimum ?? 0) && asked <= (maximum ?? 99);
  if (!isAllowed) throw invalidRequest('This quantity is not available.', 'quantity');
  return asked;
}

/** Whether the subscription of a session begins with a trial. */
export function isTrial(ctx: Context, session: CheckoutSession): boolean {
  const subscription = ctx.find('_checkout', session.id)?.subscription;
  return Boolean(subscription?.trial_end ?? subscription?.trial_period_days);
}
