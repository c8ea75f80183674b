import { db } from '../db';
import { whyUndone } from './undone';

/** How many plans end or have ended for a reason. */
export type CancellationReason = {
  /** What the person chose of Stripe's list; else Stripe's own reason (`payment_failed`); else `not_given`. */
  reason: string;
  count: number;
  /** What people wrote, newest first. */
  comments: string[];
};

/**
 * Why people cancel, the most frequent reason first. Who canceled and then stayed is not counted.
 *
 * @param since counts those who canceled from then on; all when left out
 */
export async function cancellationReasons(since?: Date): Promise<CancellationReason[]> {
  const rows = await db().subscription.findMany({
    where: { canceledAt: since ? { gte: since } : { not: null } },
    orderBy: { canceledAt: 'desc' },
    select: { cancelReason: true, cancelFeedback: true, cancelComment: true },
  });
  const reasons = new Map<string, CancellationReason>();
  for (const { cancelReason, cancelFeedback, cancelComment } of rows) {
    if (whyUndone(cancelComment)) continue;
    const own = cancelReason === 'cancellation_requested' ? null : cancelReason;
    const reason = cancelFeedback ?? own ?? 'not_given';
    const { count, comments } = reasons.get(reason) ?? { count: 0, comments: [] };
    reasons.set(reason, {
      reason,
      count: count + 1,
      comments: cancelComment ? [...comments, cancelComment] : comments,
    });
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count);
}
