import type { Hono } from 'hono';
import { parseBody } from '../core/control';
import type { Core } from '../core/core';
import { oneOf } from '../core/params';
import { saveDefaultConfiguration } from './portal-configurations';

/** `POST /_emulator/portal`: what saving the portal's settings in Stripe's Dashboard does. */
export function mountPortalControl(app: Hono, core: Core): void {
  app.post('/_emulator/portal', async (c) => {
    const { mode = 'test' } = await parseBody(c, { mode: oneOf(['test', 'live']) });
    return c.json(core.transact(() => saveDefaultConfiguration(core.context(mode))));
  });
}
