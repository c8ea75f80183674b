import type { StripeEmulator } from '../../emulator';
import { readForm } from '../shared/posted-form';
import { acceptOffer, cancel, renew } from './cancel';
import { CancelPage, readCancel } from './cancel-page';
import { keepPlan } from './change-plan';
import { finish } from './flow';
import { pause, resume } from './pause';
import { PausePage, readPause } from './pause-page';
import type { PortalApp } from './portal-app';
import { RenewPage, readRenew } from './renew-page';

/** Canceling, staying, taking a cancellation or a scheduled change back; pausing and resuming. */
export function mountSubscriptions(app: PortalApp, emulator: StripeEmulator): void {
  app.get('/subscriptions/:subscription/cancel', (c) => {
    const { visit } = c.var;
    const id = c.req.param('subscription');
    return c.html(
      <CancelPage {...emulator.run(visit.world, (ctx) => readCancel(ctx, visit, id))} />,
    );
  });
  app.post('/subscriptions/:subscription/cancel', async (c) => {
    const form = await readForm(c);
    const done = cancel(emulator, c.var.visit, c.req.param('subscription'), form);
    return finish(c, emulator, c.var.visit, done);
  });
  app.post('/subscriptions/:subscription/cancel/offer', (c) => {
    const done = acceptOffer(emulator, c.var.visit, c.req.param('subscription'));
    return finish(c, emulator, c.var.visit, done);
  });
  app.get('/subscriptions/:subscription/renew', (c) => {
    const { visit } = c.var;
    const id = c.req.param('subscription');
    return c.html(<RenewPage {...emulator.run(visit.world, (ctx) => readRenew(ctx, visit, id))} />);
  });
  app.post('/subscriptions/:subscription/renew', (c) => {
    const done = renew(emulator, c.var.visit, c.req.param('subscription'));
    return finish(c, emulator, c.var.visit, done);
  });
  app.post('/subscriptions/:subscription/keep', (c) => {
    const done = keepPlan(emulator, c.var.visit, c.req.param('subscription'));
    return finish(c, emulator, c.var.visit, done);
  });

  app.get('/subscriptions/:subscription/pause', (c) => {
    const { visit } = c.var;
    const id = c.req.param('subscription');
    return c.html(<PausePage {...emulator.run(visit.world, (ctx) => readPause(ctx, visit, id))} />);
  });
  app.post('/subscriptions/:subscription/pause', async (c) => {
    const form = await readForm(c);
    const done = pause(emulator, c.var.visit, c.req.param('subscription'), form);
    return finish(c, emulator, c.var.visit, done);
  });
  app.post('/subscriptions/:subscription/resume', (c) => {
    const done = resume(emulator, c.var.visit, c.req.param('subscription'));
    return finish(c, emulator, c.var.visit, done);
  });
}
