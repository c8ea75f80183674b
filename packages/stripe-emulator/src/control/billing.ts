import { z } from 'zod';
import type { Core } from '../core/core';
import { changeCollectionSettings, collectionSettings } from '../engine/settings';
import { parseWith } from './parse-with';
import type { BillingSettings } from './types';

const change = z.strictObject({
  retry_days: z.array(z.number().int().min(1).max(60)).max(8).optional(),
  after_retries: z.enum(['cancel', 'unpaid', 'past_due']).optional(),
  mode: z.enum(['test', 'live']).default('test'),
});

export function billingSettings(core: Core, mode = 'test'): BillingSettings {
  const { retryDays, afterRetries } = collectionSettings(core.context(mode));
  return { retry_days: retryDays, after_retries: afterRetries };
}

/** Changes what the account does about payments that fail. */
export function changeBilling(core: Core, body: unknown): BillingSettings {
  const { retry_days: retryDays, after_retries: afterRetries, mode } = parseWith(change, body);
  core.transact(() => changeCollectionSettings(core.context(mode), { retryDays, afterRetries }));
  return billingSettings(core, mode);
}
