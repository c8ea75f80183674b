import type { Hono, Context as Request } from 'hono';
import { StripeError } from '../core/errors';
import type { UncheckedControl } from './control';
import { refuseOtherSites } from './same-origin';

/** The controls on HTTP, under `/_emulator/`: JSON in, JSON out, refusals in Stripe's shape. */
export function mountControl(app: Hono, control: UncheckedControl, publicOrigin: string): void {
  app.onError((error, c) => {
    const known =
      error instanceof StripeError
        ? error
        : new StripeError(500, { type: 'api_error', message: 'The emulator made a mistake.' });
    if (known !== error) console.error(error);
    return Response.json({ error: known.body }, { status: known.status, headers: c.res.headers });
  });
  app.use('/_emulator/*', refuseOtherSites(publicOrigin));

  app.post('/_emulator/reset', (c) => {
    control.reset();
    return c.json({ reset: true });
  });

  app.get('/_emulator/requests', (c) => c.json(control.requests()));
  app.delete('/_emulator/requests', (c) => {
    control.forgetRequests();
    return c.json({ cleared: true });
  });

  app.get('/_emulator/deliveries', (c) => c.json(control.deliveries()));
  app.post('/_emulator/deliveries/:event/resend', (c) => {
    control.resend(c.req.param('event'));
    return c.json({ resent: c.req.param('event') });
  });

  app.get('/_emulator/clock', (c) => c.json(control.clock()));
  app.post('/_emulator/clock', async (c) => c.json(await control.advance(await bodyOf(c))));

  app.get('/_emulator/faults', (c) => c.json(control.faults()));
  app.post('/_emulator/faults', async (c) => c.json(control.fault(await bodyOf(c))));
  app.delete('/_emulator/faults', (c) => {
    control.clearFaults();
    return c.json({ cleared: true });
  });

  app.post('/_emulator/snapshots/:name', (c) => {
    control.saveSnapshot(c.req.param('name'));
    return c.json({ saved: c.req.param('name') });
  });
  app.post('/_emulator/snapshots/:name/restore', (c) => {
    control.restoreSnapshot(c.req.param('name'));
    return c.json({ restored: c.req.param('name') });
  });

  app.post('/_emulator/keys', async (c) => c.json(control.changeKey(await bodyOf(c))));

  app.post('/_emulator/trigger', async (c) => c.json(control.trigger(await bodyOf(c))));

  app.get('/_emulator/billing', (c) => c.json(control.billing()));
  app.post('/_emulator/billing', async (c) => c.json(control.changeBilling(await bodyOf(c))));

  app.post('/_emulator/portal', async (c) => c.json(control.savePortalSettings(await bodyOf(c))));

  app.get('/_emulator/tax', (c) => c.json(control.tax()));
  app.post('/_emulator/tax', async (c) => c.json(control.changeTax(await bodyOf(c))));

  app.post('/_emulator/webhook_endpoints/:endpoint/roll', async (c) =>
    c.json(control.rollSecret(c.req.param('endpoint'), await bodyOf(c))),
  );

  app.all('/_emulator/*', (c) => {
    throw new StripeError(404, {
      type: 'invalid_request_error',
      message: `There is no control ${c.req.method} ${c.req.path}. The emulator's README lists them.`,
    });
  });
}

/** What JSON says, whatever the content type; undefined when it says nothing. */
async function bodyOf(c: Request): Promise<unknown> {
  return c.req.json().catch(() => undefined);
}
