import { createCustomer } from '../api/create-customer';
import { attachPaymentMethod } from '../api/payment-method-input';
import type { Context } from '../core/context';
import { invalidRequest, StripeError } from '../core/errors';
import { asksForAuthentication } from './cards';
import { type CartItem, type Quote, quoteCart } from './checkout-quote';
import {
  appliedCoupon,
  checkPromotionCode,
  type DiscountOwner,
  redeemDiscounts,
} from './discounts';
import type { CheckoutSession, Customer, PaymentMethod, Subscription } from './objects';
import { createSubscription } from './subscription-create';
import { isNew } from './subscription-draft';

/** What somebody filled in on the Checkout page. */
export interface CheckoutForm {
  /** A payment method made of the card on the page, or a saved one; absent when none is needed. */
  paymentMethod?: string;
  /** The customer passed the authentication that the card asked for. */
  authenticated?: boolean;
  email?: string;
  name?: string;
  phone?: string;
  address?: NonNullable<Customer['address']>;
  /** Such as `FRIENDS20`, as typed. */
  promotionCode?: string;
  /** New quantities, by the id of the line item. */
  quantities?: Record<string, number>;
}

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
  const customer = known ?? createCustomer(ctx, customerFields(session, form));
  const method = form.paymentMethod ? usableMethod(ctx, customer, form) : undefined;
  const cart = cartOf(ctx, session, form.quantities);
  const discounts = redeem(ctx, session, customer, form, cart);
  if (!method) refuseIfNeeded(ctx, session, cart, discounts);
  const subscription = createSubscription(
    ctx,
    customer,
    {
      ...details.subscription,
      currency: session.currency ?? undefined,
      items: cart
        .filter(({ price }) => price.recurring)
        .map(({ price, quantity }) => ({ price: price.id, quantity })),
      add_invoice_items: cart
        .filter(({ price }) => !price.recurring)
        .map(({ price, quantity }) => ({ price: price.id, quantity })),
      default_payment_method: method?.id,
    },
    { authenticated: form.authenticated, discounts, failsOnDecline: true },
  );
  saveDetails(ctx, session, customer, form);
  return finish(ctx, session, { customer, form, subscription, cart, discounts });
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

/**
 * What the page shows: the sums with these quantities and this promotion code, nothing changed.
 *
 * @throws StripeError for a code that does not exist or cannot be used
 */
export function quoteCheckout(
  ctx: Context,
  session: CheckoutSession,
  form: Pick<CheckoutForm, 'promotionCode' | 'quantities'>,
): Quote {
  const cart = cartOf(ctx, session, form.quantities);
  const coupons = form.promotionCode
    ? [{ discount: 'di_preview', coupon: promotionCoupon(ctx, session, form.promotionCode, cart) }]
    : sessionCoupons(ctx, session);
  return quoteCart(ctx, cart, coupons, session.currency ?? 'usd', isTrial(ctx, session));
}

/** Whether the subscription of a session begins with a trial. */
export function isTrial(ctx: Context, session: CheckoutSession): boolean {
  const subscription = ctx.find('_checkout', session.id)?.subscription;
  return Boolean(subscription?.trial_end ?? subscription?.trial_period_days);
}

function openSession(ctx: Context, id: string): CheckoutSession {
  const session = ctx.get('checkout.session', id);
  if (session.status === 'open' && session.expires_at > ctx.now) return session;
  throw invalidRequest('This Checkout Session is no longer active.', undefined, 'session_inactive');
}

function customerFields(session: CheckoutSession, form: CheckoutForm) {
  const email = session.customer_email ?? form.email;
  if (!email) throw invalidRequest('An email address is required.', 'email', 'parameter_missing');
  return { email, name: form.name, phone: form.phone, address: form.address };
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

function cartOf(
  ctx: Context,
  session: CheckoutSession,
  quantities: Record<string, number> = {},
): CartItem[] {
  return ctx.get('_checkout', session.id).lineItems.flatMap((line) => {
    if (!line.price) return [];
    return {
      id: line.id,
      price: line.price,
      quantity: allowedQuantity(line, quantities[line.id]),
      adjustable: line.adjustable_quantity,
      metadata: line.metadata ?? {},
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

function sessionCoupons(ctx: Context, session: CheckoutSession) {
  return (session.discounts ?? []).flatMap(({ coupon, promotion_code }) => {
    const code = promotion_code ? ctx.find('promotion_code', promotion_code) : undefined;
    const found = ctx.find('coupon', coupon ?? code?.promotion.coupon ?? '');
    return found ? [{ discount: 'di_preview', coupon: found }] : [];
  });
}

function promotionCoupon(ctx: Context, session: CheckoutSession, typed: string, cart: CartItem[]) {
  const code = findCode(ctx, typed);
  const customer = session.customer ? ctx.get('customer', session.customer) : undefined;
  return checkPromotionCode(ctx, code, ownerOf(ctx, session, customer, cart), 'promotion_code');
}

function redeem(
  ctx: Context,
  session: CheckoutSession,
  customer: Customer,
  form: CheckoutForm,
  cart: CartItem[],
): string[] {
  const choices = form.promotionCode
    ? [{ promotion_code: findCode(ctx, form.promotionCode).id }]
    : (session.discounts ?? []).map(({ coupon, promotion_code }) => ({
        coupon: promotion_code ? undefined : (coupon ?? undefined),
        promotion_code: promotion_code ?? undefined,
      }));
  return redeemDiscounts(ctx, choices, { ...ownerOf(ctx, session, customer, cart), customer });
}

function findCode(ctx: Context, typed: string) {
  for (const code of ctx.by('promotion_code', 'code', typed.trim().toLowerCase())) {
    if (code.active) return code;
  }
  throw invalidRequest('This code is invalid.', 'promotion_code', 'resource_missing');
}

function ownerOf(
  ctx: Context,
  session: CheckoutSession,
  customer: Customer | undefined,
  cart: CartItem[],
): Omit<DiscountOwner, 'customer'> & {
  customer: { id: string; customer_account?: string | null };
} {
  const currency = session.currency ?? 'usd';
  return {
    customer: customer ?? { id: '' },
    checkout_session: session.id,
    isFirstPurchase: customer ? isNew(ctx, customer) : true,
    amount: quoteCart(ctx, cart, [], currency, false).amount_subtotal,
    currency,
  };
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
    ...(customerUpdate.name === 'auto' && form.name ? { name: form.name } : {}),
    ...(customerUpdate.address === 'auto' && form.address ? { address: form.address } : {}),
  };
  ctx.update('customer', customer.id, changes, 'customer.updated');
}

interface Completion {
  customer: Customer;
  form: CheckoutForm;
  subscription: Subscription;
  cart: CartItem[];
  discounts: string[];
}

function finish(ctx: Context, session: CheckoutSession, completion: Completion): CheckoutSession {
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
