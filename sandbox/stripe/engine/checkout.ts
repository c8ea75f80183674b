import type { Context } from '../core/context';
import { invalidRequest, StripeError } from '../core/errors';
import { attachPaymentMethod } from './attach-payment-method';
import { blankCustomer } from './blank-customer';
import { asksForAuthentication } from './cards';
import { cartOf, isTrial } from './checkout-cart';
import { redeemForCheckout } from './checkout-discounts';
import { finishCheckout } from './checkout-finish';
import type { CheckoutForm } from './checkout-form';
import { type CartItem, quoteCart } from './checkout-quote';
import { appliedCoupon } from './discounts';
import type { CheckoutSession, Customer, PaymentMethod } from './objects';
import { createSubscription } from './subscription-create';

/**
 * Completes an open session: makes the customer if there is none, saves the card, starts the
 * subscription and takes the first payment. `ctx` is put on the customer's clock.
 *
 * @throws StripeError 402 as Stripe declines (`card_declined` …; `authentication_required` when the
 *   card's holder has to authenticate first), 400 when the session is over or something is missing;
 *   then nothing has happened
 */
export function completeCheckoutSession(
  request: Context,
  id: string,
  form: CheckoutForm,
): CheckoutSession {
  const session = openSession(request, id);
  const known = session.customer ? request.get('customer', session.customer) : undefined;
  const ctx = request.onClockOf(known);
  const details = ctx.get('_checkout', id);
  const customer = known ?? newCustomer(ctx, session, form);
  const method = form.paymentMethod ? usableMethod(ctx, customer, form) : undefined;
  const cart = cartOf(ctx, session, form.quantities);
  const discounts = redeemForCheckout(ctx, session, customer, form, cart);
  if (!method) refuseIfNeeded(ctx, session, cart, discounts);
  const subscription = createSubscription(
    ctx,
    customer,
    {
      ...details.subscription,
      automatic_tax: { enabled: session.automatic_tax.enabled },
      currency: session.currency ?? undefined,
      items: cart
        .filter(({ price }) => price.recurring)
        .map(({ price, quantity }) => ({ price: price.id, quantity, wasOffered: true })),
      add_invoice_items: cart
        .filter(({ price }) => !price.recurring)
        .map(({ price, quantity }) => ({ price: price.id, quantity })),
      default_payment_method: method?.id,
    },
    { authenticated: form.authenticated, discounts, failsOnDecline: true, session: id },
  );
  saveDetails(ctx, session, customer, form);
  return finishCheckout(ctx, session, { customer, form, subscription, cart, discounts });
}

/** Ends an open session; writes `checkout.session.expired`. @throws StripeError when it is not open */
export function expireCheckoutSession(ctx: Context, id: string): CheckoutSession {
  const session = ctx.get('checkout.session', id);
  if (session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  ctx.schedule('checkout.session.expire', id, null);
  const expired = ctx.update('checkout.session', id, { status: 'expired', url: null });
  ctx.emit('checkout.session.expired', expired);
  return expired;
}

function openSession(ctx: Context, id: string): CheckoutSession {
  const session = ctx.get('checkout.session', id);
  if (session.status === 'open' && session.expires_at > ctx.now) return session;
  throw invalidRequest('This Checkout Session is no longer active.', undefined, 'session_inactive');
}

function newCustomer(ctx: Context, session: CheckoutSession, form: CheckoutForm): Customer {
  const email = session.customer_email ?? form.email;
  if (!email) throw invalidRequest('An email address is required.', 'email', 'parameter_missing');
  const { name = null, phone = null, address = null } = form;
  const customer = { ...blankCustomer(ctx, null), email, name, phone, address };
  return ctx.insert('customer', customer, 'customer.created');
}

function usableMethod(ctx: Context, customer: Customer, form: CheckoutForm): PaymentMethod {
  const method = ctx.get('payment_method', form.paymentMethod ?? '', 'payment_method');
  const attached = attachPaymentMethod(ctx, method, customer.id);
  if (asksForAuthentication(ctx, attached) && !form.authenticated) {
    throw new StripeError(402, {
      type: 'card_error',
      code: 'authentication_required',
      decline_code: 'authentication_required',
      message: 'Your card was declined. This transaction requires authentication.',
    });
  }
  return attached;
}

/** A card is asked for unless nothing is due and the session says it can do without. */
function refuseIfNeeded(
  ctx: Context,
  session: CheckoutSession,
  cart: CartItem[],
  discounts: string[],
): void {
  const coupons = discounts.flatMap((id) => appliedCoupon(ctx, id) ?? []);
  const due = quoteCart(ctx, cart, coupons, session.currency ?? 'usd', isTrial(ctx, session));
  if (session.payment_method_collection === 'if_required' && due.amount_total === 0) return;
  throw invalidRequest('A payment method is required.', 'payment_method', 'parameter_missing');
}

function saveDetails(
  ctx: Context,
  session: CheckoutSession,
  customer: Customer,
  form: CheckoutForm,
): void {
  if (!session.customer) return;
  const { customerUpdate } = ctx.get('_checkout', session.id);
  const changes = {
    ...(form.email && !customer.email ? { email: form.email } : {}),
    ...(customerUpdate.name === 'auto' && form.name ? { name: form.name } : {}),
    ...(customerUpdate.address === 'auto' && form.address ? { address: form.address } : {}),
  };
  ctx.update('customer', customer.id, changes, 'customer.updated');
}
