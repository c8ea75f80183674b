import { z } from 'zod';
import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';

type Session = Stored<'billing_portal.session'>;

const sessionShape = z.object({ url: z.string() });

/** Whether an expired session lets its customer in again by their email address. */
export function canRecover(emulator: StripeEmulator, session: Session): boolean {
  if (session.after_expiration?.type !== 'customer_login') return false;
  const until = session.after_expiration.customer_login?.expires_at ?? null;
  return until === null || emulator.core.clock.now() < until;
}

/**
 * A new session in the place of an expired one, with its configuration.
 * @returns the new session's URL; undefined when the address is not the customer's
 */
export function recover(
  emulator: StripeEmulator,
  world: string,
  session: Session,
  email: string,
): string | undefined {
  if (!canRecover(emulator, session)) return undefined;
  const customer = emulator.run(world, (ctx) => ctx.find('customer', session.customer));
  if (!customer?.email || customer.email.toLowerCase() !== email.toLowerCase()) return undefined;
  const reply = emulator.call(world, 'POST', '/v1/billing_portal/sessions', {
    customer: customer.id,
    configuration: session.configuration,
    return_url: session.return_url ?? undefined,
    locale: session.locale ?? undefined,
    on_behalf_of: session.on_behalf_of ?? undefined,
    after_expiration: {
      type: 'customer_login',
      customer_login: {
        expires_at: session.after_expiration?.customer_login?.expires_at ?? undefined,
      },
    },
  });
  return sessionShape.parse(reply).url;
}
