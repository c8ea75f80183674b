import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { treeOf } from '../core/form';
import { object } from '../core/params';
import type { LinkVisit, PaymentLinkDetails } from '../core/payment-link-details';
import type { Stored } from '../core/tables';
import { createCheckoutSession } from './checkout-session-create';
import { sessionParams } from './checkout-session-params';

/**
 * Opens the Checkout session that a payment link leads to.
 * @throws StripeError when what it sells cannot be sold (any more)
 */
export function openLinkSession(
  ctx: Context,
  link: Stored<'payment_link'>,
  { lineItems, session }: Omit<PaymentLinkDetails, 'id'>,
  visit: LinkVisit = {},
): Stored<'checkout.session'> {
  const isRecurring = lineItems.some(({ price }) => price?.recurring);
  const params = {
    ...session,
    ...visit,
    line_items: lineItems.map(({ adjustable_quantity: adjustable, price, quantity }) => ({
      ...(adjustable && {
        adjustable_quantity: {
          enabled: adjustable.enabled,
          maximum: adjustable.maximum ?? undefined,
          minimum: adjustable.minimum ?? undefined,
        },
      }),
      price: price?.id,
      ...(price?.recurring?.usage_type !== 'metered' && { quantity: quantity ?? 1 }),
    })),
    mode: isRecurring ? 'subscription' : 'payment',
    ...(link.after_completion.type === 'redirect' && {
      success_url: link.after_completion.redirect?.url,
    }),
  };
  return createCheckoutSession(ctx, object(sessionParams).parseTree(treeOf(params), ''), link.id);
}

/** @throws StripeError for lines that the link does not have */
export function changedLines(
  lines: PaymentLinkDetails['lineItems'],
  changes: readonly {
    id: string;
    quantity?: number;
    adjustable_quantity?: { enabled: boolean; maximum?: number; minimum?: number };
  }[],
): PaymentLinkDetails['lineItems'] {
  for (const [at, { id }] of changes.entries()) {
    if (lines.some((line) => line.id === id)) continue;
    throw invalidRequest(`No such line item: '${id}'`, `line_items[${at}][id]`, 'resource_missing');
  }
  return lines.map((line) => {
    const change = changes.find(({ id }) => id === line.id);
    const { adjustable_quantity: adjustable, quantity } = change ?? {};
    return {
      ...line,
      ...(quantity !== undefined && { quantity }),
      ...(adjustable && {
        adjustable_quantity: {
          enabled: adjustable.enabled,
          maximum: adjustable.maximum ?? 99,
          minimum: adjustable.minimum ?? 0,
        },
      }),
    };
  });
}
