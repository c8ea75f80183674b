import type { Hono } from 'hono';
import { saveDefaultConfiguration } from './api/portal-configurations';
import { parseBody } from './core/control';
import type { Core } from './core/core';
import { array, boolean, integer, oneOf } from './core/params';
import { changeCollectionSettings, collectionSettings } from './engine/settings';

const fields = {
  after_retries: oneOf(['cancel', 'past_due', 'unpaid']),
  mode: oneOf(['test', 'live']),
  portal: boolean(),
  retry_days: array(integer({ min: 1, max: 60 }), { max: 8 }),
};

/** What one sets in Stripe's Dashboard and not through its API: retries of payments, the portal. */
export function mountAccountSettings(app: Hono, core: Core): void {
  app.post('/_sandbox/settings', async (c) => {
    const { after_retries, mode = 'test', portal, retry_days } = await parseBody(c, fields);
    const ctx = core.context(mode);
    return c.json(
      core.transact(() => {
        changeCollectionSettings(ctx, { afterRetries: after_retries, retryDays: retry_days });
        const configuration = portal ? saveDefaultConfiguration(ctx).id : null;
        const { afterRetries, retryDays } = collectionSettings(ctx);
        return { after_retries: afterRetries, configuration, retry_days: retryDays };
      }),
    );
  });
}
