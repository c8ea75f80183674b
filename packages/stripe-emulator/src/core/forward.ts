import type { Core } from './core';
import { newId } from './ids';
import type { Stored } from './tables';

/**
 * What `stripe listen --forward-to` does: an endpoint that takes every test event, known by its secret,
 * which stays the same while the URL may change from one start to the next.
 */
export function ensureForward(
  core: Core,
  forward: { url: string; secret: string },
  world = 'test',
): void {
  core.transact(() => {
    const ctx = core.context(world);
    const known = [...ctx.world.webhook_endpoint.walk()].find((endpoint) => {
      return ctx.find('_secret', endpoint.id)?.secrets[0]?.secret === forward.secret;
    });
    if (known) {
      ctx.update('webhook_endpoint', known.id, { status: 'enabled', url: forward.url });
      return;
    }
    const endpoint: Stored<'webhook_endpoint'> = {
      id: newId('we'),
      object: 'webhook_endpoint',
      api_version: null,
      application: null,
      created: ctx.now,
      description: 'Forwards to the app',
      enabled_events: ['*'],
      livemode: false,
      metadata: {},
      status: 'enabled',
      url: forward.url,
    };
    ctx.insert('webhook_endpoint', endpoint);
    const secrets = [{ secret: forward.secret, expires_at: null }];
    ctx.world._secret.put({ id: endpoint.id, secrets });
  });
}
