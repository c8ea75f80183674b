import { saveDefaultConfiguration } from '../api/portal-configurations';
import type { Core } from '../core/core';
import { oneOf, string } from '../core/params';
import { readBody } from './body';
import { worldOfKey } from './keys';

/** What saving the portal's settings in Stripe's Dashboard does: there is a default configuration. */
export function savePortalSettings(core: Core, body: unknown): object {
  const { key, mode = 'test' } = readBody(body, { key: string(), mode: oneOf(['test', 'live']) });
  const world = key === undefined ? mode : worldOfKey(core, key);
  return core.transact(() => saveDefaultConfiguration(core.context(world)));
}
