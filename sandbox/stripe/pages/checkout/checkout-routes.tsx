/** @jsxImportSource hono/jsx */
import type { Hono, Context as Request } from 'hono';
import type { FC } from 'hono/jsx';
import type { Mode } from '../../core/context';
import { StripeError } from '../../core/errors';
import type { Stored } from '../../core/tables';
import { completeCheckoutSession } from '../../engine/checkout';
import type { StripeSandbox } from '../../server';
import { AuthenticationPage } from '../shared/authentication-page';
import { type CardErrors, keptOf, parseCard } from '../shared/card-input';
import { createMethod } from '../shared/create-method';
import { formatsFor, localeOf } from '../shared/formats';
import { PostedForm, readForm } from '../shared/posted-form';
import { NOT_AUTHENTICATED } from '../shared/wording';
import { CheckoutOverPage } from './checkout-over-page';
import { CheckoutPage, type CheckoutTrial } from './checkout-page';
import { choiceQuery, type Order, readChoice, readOrder } from './order';
import { completionDelivered } from './settle-delivery';

type Session = Stored<'checkout.session'>;

/** Checkout at a session's `url`: `/c/pay/cs_…`. */
export function mountCheckout(app: Hono, sandbox: StripeSandbox): void {
  app.get('/c/pay/:session', (c) => {
    const found = findOrder(sandbox, c);
    if ('order' in found) return c.html(<CheckoutPage order={found.order} />);
    return over(c, found.session);
  });
  app.post('/c/pay/:session', async (c) => {
    const found = findOrder(sandbox, c);
    if (!('order' in found)) {
      return found.session?.status === 'complete'
        ? leave(c, found.session)
        : over(c, found.session);
    }
    return pay(sandbox, c, found.order, await readForm(c));
  });
}

/** Takes what was filled in. Whatever fails leaves the form as it was, but for the card's number. */
async function pay(sandbox: StripeSandbox, c: Request, order: Order, form: PostedForm) {
  const { customer, mode, session } = order;
  const refuse = (attempt: CheckoutTrial) => {
    const kept = { email: form.text('email'), kept: keptOf(form) };
    return c.html(<CheckoutPage order={order} attempt={{ ...kept, ...attempt }} />, 402);
  };
  if (form.text('authentication') === 'fail') return refuse({ problem: NOT_AUTHENTICATED });
  const email = customer?.email ?? session.customer_email ?? form.text('email', 512);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    return refuse({ errors: { email: 'Your email address is incomplete.' } });
  }
  try {
    const chosen = chooseMethod(sandbox, order, form, email);
    if ('errors' in chosen) return refuse({ errors: chosen.errors });
    const completed = complete(sandbox, order, form, { email, method: chosen.method });
    await completionDelivered(sandbox, mode, session.id);
    return leave(c, completed);
  } catch (error) {
    if (error instanceof StripeError) return refuse({ problem: error.message });
    if (error instanceof NeedsAuthentication) {
      return c.html(<Authentication order={order} form={form} email={email} needs={error} />);
    }
    throw error;
  }
}

/** The card's holder has to confirm the payment first. */
class NeedsAuthentication extends Error {
  readonly method: string;

  constructor(method: string) {
    super('authentication_required');
    this.method = method;
  }
}

function complete(
  sandbox: StripeSandbox,
  { choice, mode, session }: Order,
  form: PostedForm,
  payer: { email: string; method: string | undefined },
): Session {
  try {
    return sandbox.run(mode, (ctx) =>
      completeCheckoutSession(ctx, session.id, {
        paymentMethod: payer.method,
        authenticated: form.text('authentication') === 'complete',
        email: payer.email,
        name: form.text('name') || undefined,
        promotionCode: choice.code || undefined,
        quantities: choice.quantities,
      }),
    );
  } catch (error) {
    const asks = error instanceof StripeError && error.body.code === 'authentication_required';
    if (asks && payer.method) throw new NeedsAuthentication(payer.method);
    throw error;
  }
}

/** A saved card, the card that was just authenticated, or a new one made of what was typed. */
function chooseMethod(
  sandbox: StripeSandbox,
  order: Order,
  form: PostedForm,
  email: string,
): { method: string | undefined } | { errors: CardErrors } {
  if (!order.needsCard) return { method: undefined };
  const chosen = form.text('payment_method');
  if (chosen !== '' && chosen !== 'new') return { method: chosen };
  const now = sandbox.run(order.mode, (ctx) => ctx.onClockOf(order.customer).now);
  const typed = parseCard(form, now);
  if ('errors' in typed) return typed;
  return { method: createMethod(sandbox, order.mode, typed.card, email) };
}

const Authentication: FC<{
  order: Order;
  form: PostedForm;
  email: string;
  needs: NeedsAuthentication;
}> = ({ order, form, email, needs }) => {
  const { formats, quote, session } = order;
  const amount = formats.money(quote.amount_total, session.currency ?? 'usd');
  return (
    <AuthenticationPage
      action={`/c/pay/${session.id}${choiceQuery(order.choice)}`}
      card="the card"
      purpose={
        quote.amount_total > 0
          ? `a payment of ${amount} to ${order.business}`
          : `future payments to ${order.business}`
      }
      carried={{ payment_method: needs.method, email, name: form.text('name') }}
    />
  );
};

/** To the success page, which learns the session's id if its address asks for it. */
function leave(c: Request, session: Session) {
  const url = session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
  return url ? c.redirect(url, 303) : over(c, session);
}

function over(c: Request, session: Session | undefined) {
  return c.html(<CheckoutOverPage session={session} />, session ? 410 : 404);
}

/** The open session of an address, or what there is instead. */
function findOrder(
  sandbox: StripeSandbox,
  c: Request,
): { order: Order } | { session: Session | undefined } {
  const id = c.req.param('session') ?? '';
  const mode: Mode = id.startsWith('cs_live_') ? 'live' : 'test';
  const choice = readChoice(new PostedForm(new URL(c.req.url).searchParams));
  return sandbox.run(mode, (ctx) => {
    const session = ctx.find('checkout.session', id);
    const customer = session?.customer ? ctx.find('customer', session.customer) : undefined;
    const own = ctx.onClockOf(customer);
    if (session?.status !== 'open' || session.expires_at <= own.now) return { session };
    const preferred = customer?.preferred_locales ?? [];
    const locale = localeOf(session.locale, preferred, c.req.header('accept-language'));
    return { order: readOrder(own, session, formatsFor(locale), choice) };
  });
}
