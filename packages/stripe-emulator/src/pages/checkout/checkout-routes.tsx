import type { Hono, Context as Request } from 'hono';
import type { FC } from 'hono/jsx';
import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';
import { AuthenticationPage } from '../shared/authentication-page';
import { CARD_FIELDS, keptOf } from '../shared/card-input';
import { type PostedForm, readForm } from '../shared/posted-form';
import { CheckoutOverPage } from './checkout-over-page';
import { CheckoutPage } from './checkout-page';
import { completionDelivered } from './completion-delivered';
import { findOrder } from './find-order';
import { choiceQuery, type Order } from './order';
import { pay } from './pay';
import { typedPayer } from './payer';
import { ConfirmationPage, confirmationOf } from './payment-link-pages';

type Session = Stored<'checkout.session'>;

/** Checkout at a session's `url`: `/c/pay/cs_…`. */
export function mountCheckout(app: Hono, emulator: StripeEmulator): void {
  app.get('/c/pay/:session', (c) => {
    const found = findOrder(emulator, c);
    if ('order' in found) return c.html(<CheckoutPage order={found.order} />);
    return over(c, found.session);
  });

  app.post('/c/pay/:session', async (c) => {
    const found = findOrder(emulator, c);
    if (!('order' in found)) {
      const { session } = found;
      if (session?.status !== 'complete') return over(c, session);
      return leave(c, session, confirmationOf(emulator, found.world, session));
    }
    const { order } = found;
    const form = await readForm(c);
    const outcome = pay(emulator, order, form);
    switch (outcome.kind) {
      case 'completed':
        await completionDelivered(emulator, order.world, order.session.id);
        return leave(c, outcome.session, confirmationOf(emulator, order.world, outcome.session));
      case 'authenticate':
        return c.html(<Authentication order={order} form={form} method={outcome.method} />);
      case 'refused': {
        const typed = {
          email: form.text('email'),
          payer: typedPayer(form),
          method: form.text('payment_method'),
          kept: keptOf(form),
        };
        const present = outcome.order ?? order;
        return c.html(<CheckoutPage order={present} attempt={{ ...outcome, ...typed }} />, 402);
      }
    }
  });
}

const Authentication: FC<{ order: Order; form: PostedForm; method: string }> = ({
  order,
  form,
  method,
}) => {
  const { formats, quote, session } = order;
  const amount = formats.money(quote.amount_total, session.currency ?? 'usd');
  return (
    <AuthenticationPage
      action={`/c/pay/${session.id}${choiceQuery(order.choice)}`}
      purpose={
        quote.amount_total > 0
          ? `a payment of ${amount} to ${order.business}`
          : `future payments to ${order.business}`
      }
      carried={{ ...form.without(CARD_FIELDS), payment_method: method }}
    />
  );
};

/** To the success page, which learns the session's id if its address asks for it. */
function leave(c: Request, session: Session, message: string | null) {
  const url = session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
  if (url) return c.redirect(url, 303);
  return session.payment_link ? c.html(<ConfirmationPage message={message} />) : over(c, session);
}

function over(c: Request, session: Session | undefined) {
  return c.html(<CheckoutOverPage session={session} />, session ? 410 : 404);
}
