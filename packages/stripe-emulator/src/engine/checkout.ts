import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { attachPaymentMethod } from './attach-payment-method';
import { blankCustomer } from './blank-customer';
import { markSetUp, needsSetup } from './cards';
import { cartOf, isTrial } from './checkout-cart';
import { redeemForCheckout } from './checkout-discounts';
import { finishCheckout } from './checkout-finish';
import type { CheckoutForm } from './checkout-form';
import { authenticationRequired } from './checkout-payment';
import { buy } from './checkout-purchase';
import { type Quote, quoteCart } from './checkout-quote';
import { taxBasis } from './checkout-tax';
import { appliedCoupon } from './discounts';
import type { CheckoutSession, Customer, PaymentMethod } from './objects';
import { taxLocation, unlocated } from './tax-location';
import { authenticationFor } from './three-d-secure';

/**
 * Completes an open session: makes the customer if there is to be one, saves the card, and does what
 * the session's mode says: starts the subscription and takes its first payment, takes one payment, or
 * sets the card up. `ctx` is put on the customer's clock.
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
  const customer = known ?? newCustomer(ctx, session, form);
  const method = form.paymentMethod ? usableMethod(ctx, session, customer, form) : undefined;
  const cart = cartOf(ctx, session, form.quantities);
  const discounts = redeemForCheckout(ctx, session, customer, form, cart);
  const payer = known ? saveDetails(ctx, session, known, form) : customer;
  const basis = taxBasis(ctx, session, payer, form.address);
  if (basis.isAutomatic && !taxLocation(basis.payer)) throw unlocated();
  const coupons = discounts.flatMap((discount) => appliedCoupon(ctx, discount) ?? []);
  const currency = session.currency ?? 'usd';
  const terms = { basis, coupons, currency, isTrial: isTrial(ctx, session) };
  const quote = quoteCart(ctx, cart, terms);
  if (!method) refuseIfNeeded(session, quote);
  const bought = buy(ctx, session, { customer: payer, method, form, cart, discounts, quote });
  return finishCheckout(ctx, session, { basis, customer: payer, form, bought, quote });
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

/** Who pays once, or only leaves a card, becomes a customer where the session or its purpose says so. */
function newCustomer(
  ctx: Context,
  session: CheckoutSession,
  form: CheckoutForm,
): Customer | undefined {
  const email = session.customer_email ?? form.email;
  if (!email) throw invalidRequest('An email address is required.', 'email', 'parameter_missing');
  if (session.customer_creation !== 'always') return undefined;
  const { name = null, phone = null, address = null } = form;
  const customer = { ...blankCustomer(ctx, null), email, name, phone, address };
  return ctx.insert('customer', customer, 'customer.created');
}

/** The card, saved for the customer unless it is for one payment only. */
function usableMethod(
  ctx: Context,
  session: CheckoutSession,
  customer: Customer | undefined,
  form: CheckoutForm,
): PaymentMethod {
  const given = ctx.get('payment_method', form.paymentMethod ?? '', 'payment_method');
  const { payment } = ctx.get('_checkout', session.id);
  const isKept = session.mode !== 'payment' || Boolean(payment?.setup_future_usage);
  const method = customer && isKept ? attachPaymentMethod(ctx, given, customer.id) : given;
  if (!form.authenticated && mustAuthenticate(ctx, session, method)) throw authenticationRequired();
  if (form.authenticated && isKept) markSetUp(ctx, method);
  return method;
}

/** Before a payment the card's holder is asked as for any; otherwise only so that later ones succeed. */
function mustAuthenticate(ctx: Context, session: CheckoutSession, method: PaymentMethod): boolean {
  if (session.mode === 'setup' || isTrial(ctx, session)) return needsSetup(ctx, method);
  const asked = authenticationFor(ctx, method, { offSession: false, requested: false });
  return asked === 'challenge';
}

/** A card is asked for unless nothing is due and the session says it can do without. */
function refuseIfNeeded(session: CheckoutSession, quote: Quote): void {
  if (session.payment_method_collection === 'if_required' && quote.amount_total === 0) return;
  throw invalidRequest('A payment method is required.', 'payment_method', 'parameter_missing');
}

function saveDetails(
  ctx: Context,
  session: CheckoutSession,
  customer: Customer,
  form: CheckoutForm,
): Customer {
  const { customerUpdate } = ctx.get('_checkout', session.id);
  const changes = {
    ...(form.email && !customer.email ? { email: form.email } : {}),
    ...(customerUpdate.name === 'auto' && form.name ? { name: form.name } : {}),
    ...(customerUpdate.address === 'auto' && form.address ? { address: form.address } : {}),
  };
  return ctx.update('customer', customer.id, changes, 'customer.updated');
}
