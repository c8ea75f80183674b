import type { Hono } from 'hono';
import { z } from 'zod';
import type { Core } from '../core/core';
import { changeCollectionSettings, collectionSettings } from './settings';

const change = z.strictObject({
  retry_days: z.array(z.number().int().min(1).max(60)).max(8).optional(),
  after_retries: z.enum(['cancel', 'unpaid', 'past_due']).optional(),
  mode: z.enum(['test', 'live']).default('test'),
});

/** Adds `/_emulator/billing`: what the account does about payments that fail. */
export function mountBillingControl(app: Hono, core: Core): void {
  app.get('/_emulator/billing', (c) => c.json(shown(core, 'test')));
  app.post('/_emulator/billing', async (c) => {
    const asked = change.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) {
      const message = asked.error.issues.map(
        (issue) => `${issue.path.join('.')}: ${issue.message}`,
      );
      return c.json({ error: { type: 'invalid_request_error', message: message.join('; ') } }, 400);
    }
    const { retry_days: retryDays, after_retries: afterRetries, mode } = asked.data;
    core.transact(() => changeCollectionSettings(core.context(mode), { retryDays, afterRetries }));
    return c.json(shown(core, mode));
  });
}

function shown(core: Core, mode: string) {
  const { retryDays, afterRetries } = collectionSettings(core.context(mode));
  return { retry_days: retryDays, after_retries: afterRetries };
}
