import { saveDefaultConfiguration } from '../api/portal-configurations';
import type { Core } from '../core/core';
import { oneOf } from '../core/params';
import { readBody } from './body';

/** What saving the portal's settings in Stripe's Dashboard does: there is a default configuration. */
export function savePortalSettings(core: Core, body: unknown): object {
  const { mode = 'test' } = readBody(body, { mode: oneOf(['test', 'live']) });
  return core.transact(() => saveDefaultConfiguration(core.context(mode)));
}
