import type { Context } from '../core/context';

/** What an account does when a renewal cannot be collected, and how early it tells of one. */
export interface CollectionSettings {
  /** Days from each failed attempt to the next one. */
  retryDays: number[];
  /** What becomes of the subscription after the last attempt. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due';
  /** How many days before a renewal `invoice.upcoming` is sent; 0: never. */
  upcomingDays: number;
}

const RETRY_DAYS = 'billing.retry_days';
const AFTER_RETRIES = 'billing.after_retries';
const UPCOMING_DAYS = 'billing.upcoming_days';
const DEFAULTS: CollectionSettings = {
  retryDays: [3, 5, 7],
  afterRetries: 'cancel',
  upcomingDays: 7,
};

/** The settings of a mode, for all accounts in it; by default three retries over 15 days, then the subscription is canceled. */
export function collectionSettings(ctx: Context): CollectionSettings {
  const { _setting } = ctx.core.store.world(ctx.mode);
  const days = _setting.get(RETRY_DAYS)?.value;
  const after = _setting.get(AFTER_RETRIES)?.value;
  return {
    retryDays:
      typeof days === 'string' ? days.split(',').filter(Boolean).map(Number) : DEFAULTS.retryDays,
    afterRetries:
      after === 'cancel' || after === 'unpaid' || after === 'past_due'
        ? after
        : DEFAULTS.afterRetries,
    upcomingDays: Number(_setting.get(UPCOMING_DAYS)?.value ?? DEFAULTS.upcomingDays),
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
  if (changes.upcomingDays !== undefined) {
    ctx.world._setting.put({ id: UPCOMING_DAYS, value: changes.upcomingDays });
  }
}
