import { z } from 'zod';
import type { Core } from '../core/core';
import { changeCollectionSettings, collectionSettings } from '../engine/settings';
import { rescheduleAll } from '../engine/subscription-changes';
import { parseWith } from './parse-with';
import type { BillingSettings } from './types';

const change = z.strictObject({
  retry_days: z.array(z.number().int().min(1).max(60)).max(8).optional(),
  after_retries: z.enum(['cancel', 'unpaid', 'past_due']).optional(),
  upcoming_days: z.number().int().min(0).max(60).optional(),
  mode: z.enum(['test', 'live']).default('test'),
});

export function billingSettings(core: Core, mode = 'test'): BillingSettings {
  const { retryDays, afterRetries, upcomingDays } = collectionSettings(core.context(mode));
  return { retry_days: retryDays, after_retries: afterRetries, upcoming_days: upcomingDays };
}

/** Changes what the account does about payments that fail, and when it tells of those to come. */
export function changeBilling(core: Core, body: unknown): BillingSettings {
  const {
    retry_days: retryDays,
    after_retries: afterRetries,
    upcoming_days: upcomingDays,
    mode,
  } = parseWith(change, body);
  core.transact(() => {
    const ctx = core.context(mode);
    changeCollectionSettings(ctx, { retryDays, afterRetries, upcomingDays });
    if (upcomingDays === undefined) return;
    const worlds = core.store.worlds.filter((world) => world.startsWith(mode));
    for (const world of worlds) rescheduleAll(core.context(world));
  });
  return billingSettings(core, mode);
}
