import type { Context as Request } from 'hono';
import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';
import { formatsFor, localeOf } from '../shared/formats';
import { PostedForm } from '../shared/posted-form';
import { type Order, readChoice, readOrder } from './order';

/** The open session of an address, or what there is instead. */
export function findOrder(
  emulator: StripeEmulator,
  c: Request,
): { order: Order } | { session: Stored<'checkout.session'> | undefined; world: string } {
  const id = c.req.param('session') ?? '';
  const choice = readChoice(new PostedForm(new URL(c.req.url).searchParams));
  const world = worldOf(emulator, id);
  return emulator.run(world, (ctx) => {
    const session = ctx.find('checkout.session', id);
    const customer = session?.customer ? ctx.find('customer', session.customer) : undefined;
    const own = ctx.onClockOf(customer);
    const isOrphan = session?.customer && !customer;
    if (session?.status !== 'open' || session.expires_at <= own.now || isOrphan) {
      return { session, world };
    }
    const preferred = customer?.preferred_locales ?? [];
    const locale = localeOf(session.locale, preferred, c.req.header('accept-language'));
    return { order: readOrder(own, session, formatsFor(locale), choice) };
  });
}

/** A Checkout session's id is all its address says; the account it is of has to be looked for. */
function worldOf(emulator: StripeEmulator, session: string): string {
  const { store } = emulator.core;
  return store.worlds.find((name) => store.world(name)['checkout.session'].get(session)) ?? 'test';
}
