import type { Context as Request } from 'hono';
import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';
import { hostedTarget } from '../../engine/hosted-links';
import { isExpired } from '../../engine/portal-session-life';
import { businessName } from '../shared/business';
import { type Formats, formatsFor, localeOf } from '../shared/formats';
import { isFlowDone } from './flow-state';

/** One request to an open portal session: who is there, and what they may do. */
export interface Visit {
  world: string;
  /** The session's own path, `/p/session/…`. */
  base: string;
  session: Stored<'billing_portal.session'>;
  configuration: Stored<'billing_portal.configuration'>;
  customer: Stored<'customer'>;
  business: string;
  formats: Formats;
  /** The flow that the session was made for, until it is completed. */
  flow: Stored<'billing_portal.session'>['flow'];
  /** Unix seconds, of the customer's test clock when it has one. */
  now: number;
}

export type Finding =
  | { kind: 'open'; visit: Visit }
  | { kind: 'expired'; session: Stored<'billing_portal.session'>; world: string }
  | { kind: 'unknown' };

/** Whom a portal address belongs to, and whether it is still good. */
export function findVisit(emulator: StripeEmulator, c: Request, token: string): Finding {
  const target = hostedTarget(emulator.core, token);
  if (!target) return { kind: 'unknown' };
  const { id, world } = target;
  return emulator.run(world, (ctx): Finding => {
    const session = ctx.find('billing_portal.session', id);
    if (!session) return { kind: 'unknown' };
    const configuration = ctx.find('billing_portal.configuration', session.configuration);
    const customer = ctx.find('customer', session.customer);
    if (!configuration || !customer || isExpired(ctx, session)) {
      return { kind: 'expired', session, world };
    }
    return { kind: 'open', visit: open(ctx, c, token, session, configuration, customer) };
  });
}

function open(
  ctx: Context,
  c: Request,
  token: string,
  session: Visit['session'],
  configuration: Visit['configuration'],
  customer: Visit['customer'],
): Visit {
  const preferred = customer.preferred_locales ?? [];
  const locale = localeOf(session.locale, preferred, c.req.header('accept-language'));
  return {
    world: ctx.worldName,
    base: `/p/session/${token}`,
    session,
    configuration,
    customer,
    business: businessName(ctx, session.on_behalf_of),
    formats: formatsFor(locale),
    flow: isFlowDone(ctx, session) ? null : session.flow,
    now: ctx.onClockOf(customer).now,
  };
}
