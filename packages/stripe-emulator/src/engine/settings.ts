import type { Context } from '../core/context';

/** What an account does when a renewal cannot be collected: Stripe's "manage failed payments". */
export interface CollectionSettings {
  /** Days from each failed attempt to the next one. */
  retryDays: number[];
  /** What becomes of the subscription after the last attempt. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due';
}

const RETRY_DAYS = 'billing.retry_days';
const AFTER_RETRIES = 'billing.after_retries';
const DEFAULTS: CollectionSettings = { retryDays: [3, 5, 7], afterRetries: 'cancel' };

/** The world's settings; by default three retries over 15 days, then the subscription is canceled. */
export function collectionSettings(ctx: Context): CollectionSettings {
  const days = ctx.find('_setting', RETRY_DAYS)?.value;
  const after = ctx.find('_setting', AFTER_RETRIES)?.value;
  return {
    retryDays:
      typeof days === 'string' ? days.split(',').filter(Boolean).map(Number) : DEFAULTS.retryDays,
    afterRetries:
      after === 'cancel' || after === 'unpaid' || after === 'past_due'
        ? after
        : DEFAULTS.afterRetries,
  };
}

/** Changes the world's settings; what is absent stays. */
export function changeCollectionSettings(ctx: Context, changes: Partial<CollectionSettings>): void {
  if (changes.retryDays) {
    ctx.world._setting.put({ id: RETRY_DAYS, value: changes.retryDays.join(',') });
  }
  if (changes.afterRetries) {
    ctx.world._setting.put({ id: AFTER_RETRIES, value: changes.afterRetries });
  }
}
