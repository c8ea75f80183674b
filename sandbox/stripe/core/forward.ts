import type { Core } from './core';
import { newId } from './ids';

/**
 * What `stripe listen --forward-to` does: an endpoint for a URL that takes every test event, with a
 * secret that stays the same. Asking again changes nothing.
 */
export function ensureForward(core: Core, forward: { url: string; secret: string }): void {
  core.transact(() => {
    const ctx = core.context('test');
    const known = [...ctx.world.webhook_endpoint.walk()].find(({ url }) => url === forward.url);
    const endpoint =
      known ??
      ctx.insert('webhook_endpoint', {
        id: newId('we'),
        object: 'webhook_endpoint',
        api_version: null,
        application: null,
        created: ctx.now,
        description: 'Forwarding to the app',
        enabled_events: ['*'],
        livemode: false,
        metadata: {},
        status: 'enabled',
        url: forward.url,
      });
    ctx.world._secret.put({
      id: endpoint.id,
      secrets: [{ secret: forward.secret, expires_at: null }],
    });
  });
}
