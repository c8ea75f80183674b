import { deliverLeftChanges } from './billing/deliver-changes';
import { log } from './log';
import { sendLeftMail } from './mail/outbox';
import { retryLater } from './retry-later';
import { followLeftMembers } from './team/follow-members';

/** Seconds after the start: the first requests come first. */
const SOON = 5;

/** Delivers what a process that died left behind, shortly after the start of the next one. */
export function deliverLeft(): void {
  retryLater('left', SOON, async () => {
    try {
      await deliverLeftChanges();
      await followLeftMembers();
      await sendLeftMail();
    } catch (error) {
      log.error('nothing was delivered at the start', error);
    }
  });
}
