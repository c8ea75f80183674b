import { accessOf } from '../access';
import { afterResponse } from '../after-response';
import { sendLeftMail } from '../mail/outbox';
import type { ConsumedLimit } from './counted-rows';
import { addUse, takeBackUse } from './counter';
import { LimitReached, limitMail } from './limit-reached';
import { usageWindow } from './usage-window';

/**
 * Uses up some of what a person's plan allows. However many requests and instances do so at the same
 * time, no more is used than allowed.
 *
 * @param n how many; all of them or none are counted
 * @returns how many are left
 * @throws LimitReached when they do not fit
 */
export async function consume(user: { id: string }, limit: ConsumedLimit, n = 1): Promise<number> {
  const access = await accessOf(user);
  const allowed = access.limit(limit);
  const window = usageWindow(limit, access, new Date());
  const used = await addUse(
    { userId: user.id, name: limit },
    { n, limit: allowed, window },
    limitMail(limit, allowed, access.plan),
  );
  if (used === null) throw new LimitReached(limit, allowed);
  if (used === allowed) afterResponse(sendLeftMail);
  return allowed - used;
}

/** Gives back what {@link consume} counted, for work that failed. The count never falls below zero. */
export async function release(user: { id: string }, limit: ConsumedLimit, n = 1): Promise<void> {
  await takeBackUse({ userId: user.id, name: limit }, n);
}
