import { z } from 'zod';
import type { Stored } from '../../core/tables';
import type { StripeSandbox } from '../../stripe-sandbox';

type Session = Stored<'billing_portal.session'>;

const sessionShape = z.object({ url: z.string() });

/** Whether an expired session lets its customer in again by their email address. */
export function canRecover(sandbox: StripeSandbox, session: Session): boolean {
  if (session.after_expiration?.type !== 'customer_login') return false;
  const until = session.after_expiration.customer_login?.expires_at ?? null;
  return until === null || sandbox.core.clock.now() < until;
}

/**
 * A new session in the place of an expired one, with its configuration.
 * @returns the new session's URL; undefined when the address is not the customer's
 */
export function recover(
  sandbox: StripeSandbox,
  world: string,
  session: Session,
  email: string,
): string | undefined {
  if (!canRecover(sandbox, session)) return undefined;
  const customer = sandbox.run(world, (ctx) => ctx.find('customer', session.customer));
  if (!customer?.email || customer.email.toLowerCase() !== email.toLowerCase()) return undefined;
  const reply = sandbox.call(world, 'POST', '/v1/billing_portal/sessions', {
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
