import type { Context } from '../core/context';
import { isTrial } from './checkout-cart';
import type { CheckoutForm } from './checkout-form';
import { type CartItem, quoteCart } from './checkout-quote';
import { appliedCoupon } from './discounts';
import type { CheckoutSession, Customer, Subscription } from './objects';

/** What completing a session has made. */
export interface Completion {
  customer: Customer;
  form: CheckoutForm;
  subscription: Subscription;
  cart: CartItem[];
  discounts: string[];
}

/** Closes a completed session; writes `checkout.session.completed`. */
export function finishCheckout(
  ctx: Context,
  session: CheckoutSession,
  completion: Completion,
): CheckoutSession {
  const { customer, form, subscription, cart, discounts } = completion;
  const invoice = subscription.latest_invoice
    ? ctx.get('invoice', subscription.latest_invoice)
    : undefined;
  const coupons = discounts.flatMap((id) => appliedCoupon(ctx, id) ?? []);
  const quote = quoteCart(ctx, cart, coupons, subscription.currency, isTrial(ctx, session));
  const total = invoice?.total ?? quote.amount_total;
  ctx.world._checkout.put({ ...ctx.get('_checkout', session.id), lineItems: quote.lineItems });
  ctx.schedule('checkout.session.expire', session.id, null);
  const completed = ctx.update('checkout.session', session.id, {
    amount_subtotal: invoice?.subtotal ?? quote.amount_subtotal,
    amount_total: total,
    customer: customer.id,
    customer_details: {
      address: form.address ?? null,
      business_name: null,
      email: session.customer_email ?? form.email ?? customer.email,
      individual_name: null,
      name: form.name ?? customer.name ?? null,
      phone: form.phone ?? null,
      tax_exempt: customer.tax_exempt ?? 'none',
      tax_ids: [],
    },
    invoice: invoice?.id ?? null,
    payment_status: total > 0 ? 'paid' : 'no_payment_required',
    status: 'complete',
    subscription: subscription.id,
    total_details: {
      amount_discount: (invoice?.subtotal ?? 0) - total,
      amount_shipping: 0,
      amount_tax: 0,
    },
    url: null,
  });
  ctx.emit('checkout.session.completed', completed);
  return completed;
}
