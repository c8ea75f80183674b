import { Hono } from 'hono';
import { openLinkSession } from './api/payment-link-session';
import { createControl } from './control/control';
import { mountControl } from './control/mount-control';
import { catchUp } from './core/advance-clock';
import { Core } from './core/core';
import { perform } from './core/dispatch';
import { mergeExpansions } from './core/expand';
import { treeOf } from './core/form';
import { ensureForward } from './core/forward';
import { mountApi } from './core/http';
import { Router } from './core/router';
import { unknownPath } from './core/unsupported';
import type { StripeEmulator, StripeEmulatorOptions } from './emulator';
import { resumeAdvancing } from './engine/test-clock';
import { mountPages } from './pages';
import { plant } from './plant';
import { resources } from './resources';
import { changes, withFormer } from './versions/changes';

const TICK_MILLISECONDS = 1_000;

/** Stripe, in this process: state from `dir`, ready to be served. */
export async function createStripeEmulator(
  options: StripeEmulatorOptions,
): Promise<StripeEmulator> {
  const core = new Core({
    dir: options.dir,
    origin: options.origin.replace(/\/$/, ''),
    businessName: options.businessName ?? 'Your business',
    dashboardLinks: options.dashboardLinks ?? {},
    experiments: options.experiments ?? [],
    expansions: mergeExpansions(resources.map((resource) => resource.expansions)),
    changes,
    apiVersion: options.apiVersion,
    due: new Map(resources.flatMap((resource) => Object.entries(resource.due ?? {}))),
    webhookRetries: options.webhookRetries,
    isolateKeys: options.isolateKeys,
  });
  const router = new Router(withFormer(resources.flatMap((resource) => resource.routes)));
  const app = new Hono();
  mountApi(app, core, router);
  const control = createControl(core, {
    call: (...request) => emulator.call(...request),
    onReset: () => plant(emulator, options.seed),
  });
  mountControl(app, control, core.origin);
  for (const world of core.store.worlds) resumeAdvancing(core.context(world));
  const forwards = new Map<string, { url: string; secret: string }>();
  core.store.onReplaced(() => {
    for (const forward of forwards.values()) ensureForward(core, forward);
  });
  core.prepareWorld = (world) => {
    plant(emulator, options.seed, world);
    for (const forward of forwards.values()) ensureForward(core, forward, world);
  };
  tick(core);

  const emulator: StripeEmulator = {
    app,
    core,
    control,
    call(world, method, path, params = {}) {
      const match = router.match(method, path);
      if (!match) throw unknownPath(method, path);
      const reply = perform(core.context(world), match, `${method} ${path}`, treeOf(params));
      return JSON.parse(reply.body);
    },
    openPaymentLink: (world, id, visit) =>
      core.transact(() => {
        const ctx = core.context(world);
        const link = ctx.get('payment_link', id);
        return openLinkSession(ctx, link, ctx.get('_payment_link', id), visit).id;
      }),
    run: (world, work) => core.transact(() => work(core.context(world))),
    ensureForward(forward) {
      forwards.set(forward.secret, forward);
      ensureForward(core, forward);
    },
    async close() {
      core.close();
    },
  };
  mountPages(app, emulator);
  try {
    plant(emulator, options.seed);
  } catch (error) {
    core.close();
    throw error;
  }
  return emulator;
}

/** Does what falls due as real time passes, until the emulator is closed. */
function tick(core: Core): void {
  setTimeout(async () => {
    await catchUp(core);
    if (!core.closed) tick(core);
  }, TICK_MILLISECONDS).unref();
}
