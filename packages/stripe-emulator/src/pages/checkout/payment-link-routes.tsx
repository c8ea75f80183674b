import type { Hono, Context as Request } from 'hono';
import { StripeError } from '../../core/errors';
import type { LinkVisit } from '../../core/payment-link-details';
import type { StripeEmulator } from '../../emulator';
import { hostedTarget } from '../../engine/hosted-links';
import { InactiveLinkPage } from './payment-link-pages';

/** A payment link at its `url`: everybody who follows it gets a Checkout session of their own. */
export function mountPaymentLinks(app: Hono, emulator: StripeEmulator): void {
  app.get('/b/:token', (c) => {
    const target = hostedTarget(emulator.core, c.req.param('token'));
    const world = target?.world ?? 'test';
    const link = emulator.run(world, (ctx) => ctx.find('payment_link', target?.id ?? ''));
    if (!link) return notActive(c, 'There is no such link.', 404);
    if (!link.active) {
      return notActive(c, link.inactive_message ?? 'This link is no longer active.', 410);
    }
    try {
      const session = emulator.openPaymentLink(world, link.id, visitOf(c));
      return c.redirect(`/c/pay/${session}${promotionOf(c)}`, 303);
    } catch (error) {
      if (error instanceof StripeError) return notActive(c, error.message, 422);
      throw error;
    }
  });
}

function notActive(c: Request, message: string, status: 404 | 410 | 422) {
  return c.html(<InactiveLinkPage message={message} />, status);
}

/** What is filled in already; what cannot be is left out, as somebody may have typed the address. */
function visitOf(c: Request): LinkVisit {
  const reference = c.req.query('client_reference_id') ?? '';
  const email = c.req.query('prefilled_email') ?? '';
  const locale = c.req.query('locale') ?? '';
  return {
    ...(/^[\w-]{1,200}$/.test(reference) && { client_reference_id: reference }),
    ...(/^[^\s@]{1,200}@[^\s@]{1,200}$/.test(email) && { customer_email: email }),
    ...(/^[a-z]{2}(-[A-Z]{2})?$/.test(locale) && { locale }),
  };
}

/** The promotion code that the Checkout page begins with, as its address carries it. */
function promotionOf(c: Request): string {
  const code = c.req.query('prefilled_promo_code') ?? '';
  return /^[\w-]{1,500}$/.test(code) ? `?${new URLSearchParams({ code })}` : '';
}
