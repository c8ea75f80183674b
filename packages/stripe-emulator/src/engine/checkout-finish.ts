import type { Context } from '../core/context';
import type { Bought, Purchase } from './checkout-purchase';
import { sessionTax, type TaxBasis } from './checkout-tax';
import type { CheckoutSession } from './objects';

/** What completing a session has made. */
export type Completion = Pick<Purchase, 'customer' | 'form' | 'quote'> & {
  basis: TaxBasis;
  bought: Bought;
};

/** Closes a completed session; writes `checkout.session.completed`. */
export function finishCheckout(
  ctx: Context,
  session: CheckoutSession,
  completion: Completion,
): CheckoutSession {
  const { bought, customer, form } = completion;
  ctx.schedule('checkout.session.expire', session.id, null);
  const completed = ctx.update('checkout.session', session.id, {
    ...(session.mode === 'setup' ? {} : sumsOf(ctx, session, completion)),
    ...bought,
    automatic_tax: sessionTax(completion.basis),
    customer: customer?.id ?? null,
    customer_details: {
      address: form.address ?? null,
      business_name: null,
      email: session.customer_email ?? form.email ?? customer?.email ?? null,
      individual_name: null,
      name: form.name ?? customer?.name ?? null,
      phone: form.phone ?? null,
      tax_exempt: customer?.tax_exempt ?? 'none',
      tax_ids: [],
    },
    status: 'complete',
    url: null,
  });
  ctx.emit('checkout.session.completed', completed);
  if (session.payment_link) countCompletion(ctx, session.payment_link);
  return completed;
}

/** A payment link that is for so many is over with the last of them. */
function countCompletion(ctx: Context, id: string): void {
  const { active, restrictions } = ctx.get('payment_link', id);
  if (!restrictions) return;
  const { count, limit } = restrictions.completed_sessions;
  const changes = {
    active: active && count + 1 < limit,
    restrictions: { completed_sessions: { count: count + 1, limit } },
  };
  ctx.update('payment_link', id, changes, 'payment_link.updated');
}

/** What was paid, by the invoice where there is one; the session's lines are as they were bought. */
function sumsOf(
  ctx: Context,
  session: CheckoutSession,
  { bought, quote }: Completion,
): Partial<CheckoutSession> {
  const invoice = bought.invoice ? ctx.get('invoice', bought.invoice) : undefined;
  ctx.world._checkout.put({ ...ctx.get('_checkout', session.id), lineItems: quote.lineItems });
  const intent = bought.payment_intent && ctx.find('payment_intent', bought.payment_intent);
  const isHeld = intent && intent.status === 'requires_capture';
  const total = invoice?.total ?? quote.amount_total;
  const added = (amounts: readonly { amount: number }[]) =>
    amounts.reduce((sum, { amount }) => sum + amount, 0);
  return {
    amount_subtotal: invoice?.subtotal ?? quote.amount_subtotal,
    amount_total: total,
    payment_status: total > 0 ? (isHeld ? 'unpaid' : 'paid') : 'no_payment_required',
    total_details: {
      amount_discount: invoice
        ? added(invoice.total_discount_amounts ?? [])
        : quote.amount_discount,
      amount_shipping: 0,
      amount_tax: invoice ? added(invoice.total_taxes ?? []) : quote.amount_tax,
      breakdown: { discounts: [], taxes: quote.taxes },
    },
  };
}
