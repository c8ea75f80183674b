import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { refuseDeclined } from './attach-payment-method';
import type { CheckoutForm } from './checkout-form';
import { payOnce } from './checkout-payment';
import type { CartItem, Quote } from './checkout-quote';
import type { CheckoutSession, Customer, PaymentMethod } from './objects';
import { createSubscription } from './subscription-create';

/** Who buys what, and with which card. */
export interface Purchase {
  /** Only who pays once, or only leaves a card, need not be one. */
  customer: Customer | undefined;
  method: PaymentMethod | undefined;
  form: CheckoutForm;
  cart: CartItem[];
  discounts: string[];
  /** What it all comes to. */
  quote: Quote;
}

/** What a purchase has brought about, as the session names it. */
export type Bought = Partial<
  Pick<CheckoutSession, 'invoice' | 'payment_intent' | 'setup_intent' | 'subscription'>
>;

/** Does what a session is for. @throws StripeError 402 when the card is refused */
export function buy(ctx: Context, session: CheckoutSession, purchase: Purchase): Bought {
  if (session.mode === 'setup') return setUpCard(ctx, session, purchase);
  if (session.mode === 'payment') return payOnce(ctx, session, purchase);
  return subscribe(ctx, session, purchase);
}

function subscribe(
  ctx: Context,
  session: CheckoutSession,
  { cart, customer, discounts, form, method }: Purchase,
): Bought {
  if (!customer) throw new Error(`${session.id} was opened without a customer to be`);
  const subscription = createSubscription(
    ctx,
    customer,
    {
      ...ctx.get('_checkout', session.id).subscription,
      automatic_tax: { enabled: session.automatic_tax.enabled },
      currency: session.currency ?? undefined,
      items: cart
        .filter(({ price }) => price.recurring)
        .map(({ price, quantity, taxRates }) => ({
          price: price.id,
          quantity,
          tax_rates: taxRates,
          wasOffered: true,
        })),
      add_invoice_items: cart
        .filter(({ price }) => !price.recurring)
        .map(({ price, quantity, taxRates }) => ({
          price: price.id,
          quantity,
          tax_rates: taxRates,
        })),
      default_payment_method: method?.id,
    },
    {
      authenticated: form.authenticated,
      discounts,
      failsOnDecline: true,
      session: session.id,
    },
  );
  return { invoice: subscription.latest_invoice, subscription: subscription.id };
}

/** Ends the setup intent that the session was opened with; the card belongs to the customer, if any. */
function setUpCard(ctx: Context, session: CheckoutSession, { customer, method }: Purchase): Bought {
  if (method) refuseDeclined(ctx, method);
  const done = ctx.update('setup_intent', session.setup_intent ?? '', {
    customer: customer?.id ?? null,
    latest_attempt: newId('setatt'),
    payment_method: method?.id ?? null,
    status: 'succeeded',
  });
  ctx.emit('setup_intent.succeeded', done);
  return { setup_intent: done.id };
}
