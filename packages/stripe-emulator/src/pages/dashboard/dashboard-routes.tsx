import { Hono, type Context as Request } from 'hono';
import { sameOrigin } from '../../control/same-origin';
import { advanceClock } from '../../core/advance-clock';
import type { Context } from '../../core/context';
import { StripeError } from '../../core/errors';
import type { StripeEmulator } from '../../emulator';
import { readForm } from '../shared/posted-form';
import { ProblemPage } from '../shared/problem-page';
import { ClockPage } from './clock-page';
import { clockTarget } from './clock-target';
import { CustomerPage } from './customer-page';
import { CustomersPage, readCustomers } from './customers-page';
import { DASHBOARD_PATHS } from './dashboard-paths';
import { DeliveriesPage } from './deliveries-page';
import { EventsPage } from './events-page';
import { readFault } from './fault-input';
import { FaultsPage } from './faults-page';
import { findObject, ObjectPage } from './object-page';
import { RequestPage, RequestsPage } from './requests-page';

/** The dashboard at `/`: what is in the emulator, what was asked of it, and what it told others. */
export function mountDashboard(app: Hono, emulator: StripeEmulator): void {
  const dashboard = new Hono();
  const guard = sameOrigin(emulator.core.origin);
  for (const path of DASHBOARD_PATHS) dashboard.use(path, guard);
  mountReading(dashboard, emulator);
  mountChanges(dashboard, emulator);
  app.route('/', dashboard);
}

function mountReading(app: Hono, emulator: StripeEmulator): void {
  app.get('/', (c) => {
    const ctx = contextOf(c, emulator);
    const search = c.req.query('q')?.trim() ?? '';
    const view = readCustomers(ctx, search);
    const named = search.includes('_') && view.customers.length === 0 && findObject(ctx, search);
    if (named) return c.redirect(`/objects/${search}`, 303);
    return c.html(<CustomersPage ctx={ctx} view={view} search={search} />);
  });
  app.get('/customers/:id', (c) => {
    const [ctx, customer] = find(emulator, (world) => world.find('customer', c.req.param('id')));
    if (!customer) return missing(c);
    return c.html(<CustomerPage ctx={ctx} customer={customer} />);
  });
  app.get('/objects/:id', (c) => {
    const id = c.req.param('id');
    if (id.startsWith('cus_')) return c.redirect(`/customers/${id}`, 303);
    if (id.startsWith('req_')) return c.redirect(`/requests/${id}`, 303);
    const [ctx, object] = find(emulator, (world) => findObject(world, id));
    return object ? c.html(<ObjectPage ctx={ctx} id={id} object={object} />) : missing(c);
  });
  app.get('/requests', (c) => {
    const filter = {
      search: c.req.query('q')?.trim() ?? '',
      failedOnly: c.req.query('failed') === 'yes',
    };
    return c.html(<RequestsPage ctx={contextOf(c, emulator)} filter={filter} />);
  });
  app.get('/requests/:id', (c) => {
    const request = emulator.core.requests.all.find(({ id }) => id === c.req.param('id'));
    if (!request) return missing(c);
    const ctx = emulator.core.context(request.livemode ? 'live' : 'test');
    return c.html(<RequestPage ctx={ctx} request={request} />);
  });
  app.get('/events', (c) => {
    const search = c.req.query('q')?.trim() ?? '';
    return c.html(<EventsPage ctx={contextOf(c, emulator)} search={search} />);
  });
  app.get('/deliveries', (c) => {
    const failedOnly = c.req.query('failed') === 'yes';
    return c.html(<DeliveriesPage ctx={contextOf(c, emulator)} failedOnly={failedOnly} />);
  });
  app.get('/clock', (c) => c.html(<ClockPage ctx={contextOf(c, emulator)} />));
  app.get('/faults', (c) => c.html(<FaultsPage ctx={contextOf(c, emulator)} />));
}

function mountChanges(app: Hono, emulator: StripeEmulator): void {
  const { core } = emulator;
  app.post('/requests/clear', (c) => {
    core.requests.clear();
    return c.redirect('/requests', 303);
  });
  app.post('/deliveries/:event/resend', (c) => {
    const event = c.req.param('event');
    const sent = core.store.worlds.some((world) => core.webhooks.resend(world, event));
    return sent ? c.redirect(`/objects/${event}`, 303) : missing(c);
  });
  app.post('/clock', async (c) => {
    const target = clockTarget(await readForm(c), core.clock.now());
    if (typeof target === 'string') {
      return c.html(<ClockPage ctx={contextOf(c, emulator)} problem={target} />, 422);
    }
    await advanceClock(core, target);
    return c.redirect('/clock', 303);
  });
  app.post('/clock/:id', async (c) => {
    const id = c.req.param('id');
    const ctx = core.context('test');
    const now = ctx.find('test_helpers.test_clock', id)?.frozen_time;
    if (now === undefined) return missing(c);
    const target = clockTarget(await readForm(c), now);
    if (typeof target === 'string') return c.html(<ClockPage ctx={ctx} problem={target} />, 422);
    try {
      const path = `/v1/test_helpers/test_clocks/${id}/advance`;
      emulator.call('test', 'POST', path, { frozen_time: target });
      return c.redirect('/clock', 303);
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return c.html(<ClockPage ctx={ctx} problem={error.message} />, 422);
    }
  });
  app.post('/faults', async (c) => {
    const fault = readFault(await readForm(c));
    if (typeof fault === 'string') {
      return c.html(<FaultsPage ctx={contextOf(c, emulator)} problem={fault} />, 422);
    }
    core.faults.add(fault);
    return c.redirect('/faults', 303);
  });
  app.post('/faults/clear', (c) => {
    core.faults.clear();
    return c.redirect('/faults', 303);
  });
}

/** The world that the page is asked about: the platform's test mode unless the address says another. */
function contextOf(c: Request, { core }: StripeEmulator): Context {
  const mode = c.req.query('mode') === 'live' ? 'live' : 'test';
  const [key, account] = [c.req.query('key'), c.req.query('account')];
  const asked = `${mode}${key ? `:${key}` : ''}${account ? `/${account}` : ''}`;
  return core.context(core.store.worlds.includes(asked) ? asked : mode);
}

/** Looks in every world; what nobody has is missing from the platform's test mode. */
function find<T>(
  { core }: StripeEmulator,
  look: (ctx: Context) => T | undefined,
): [ctx: Context, found: T | undefined] {
  for (const world of core.store.worlds) {
    const ctx = core.context(world);
    const found = look(ctx);
    if (found !== undefined) return [ctx, found];
  }
  return [core.context('test'), undefined];
}

function missing(c: Request) {
  return c.html(
    <ProblemPage title="There is nothing of that name" back="/">
      It may have been cleared or reset since.
    </ProblemPage>,
    404,
  );
}
