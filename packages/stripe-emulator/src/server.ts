import { Hono } from 'hono';
import { createControl } from './control/control';
import { mountControl } from './control/mount-control';
import { catchUp } from './core/advance-clock';
import { Core } from './core/core';
import { perform, unknownPath } from './core/dispatch';
import type { Expansions } from './core/expand';
import { treeOf } from './core/form';
import { ensureForward } from './core/forward';
import { mountApi } from './core/http';
import type { Resource } from './core/route';
import { Router } from './core/router';
import type { StripeEmulator, StripeEmulatorOptions } from './emulator';
import { resumeAdvancing } from './engine/test-clock';
import { mountPages } from './pages';
import { plant } from './plant';
import { resources } from './resources';

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
    expansions: mergeExpansions(resources),
    due: new Map(resources.flatMap((resource) => Object.entries(resource.due ?? {}))),
    webhookRetries: options.webhookRetries,
  });
  const router = new Router(resources.flatMap((resource) => resource.routes));
  const app = new Hono();
  mountApi(app, core, router);
  const control = createControl(core, { onReset: () => plant(emulator, options.seed) });
  mountControl(app, control, core.origin);
  for (const world of core.store.worlds) resumeAdvancing(core.context(world));
  const forwards = new Map<string, { url: string; secret: string }>();
  core.store.onReplaced(() => {
    for (const forward of forwards.values()) ensureForward(core, forward);
  });
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

/** Several files can say something of the same kind of object. */
function mergeExpansions(all: readonly Resource[]): Expansions {
  const merged: Expansions = {};
  for (const { expansions = {} } of all) {
    for (const [object, fields] of Object.entries(expansions)) {
      merged[object] = { ...merged[object], ...fields };
    }
  }
  return merged;
}
