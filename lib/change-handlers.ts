import { audit } from './audit';
import { isAudited } from './audit-words';
import type { InvoiceFacts } from './billing/change-facts';
import { type BillingChange, onChange } from './billing/changes';
import { findPaidPlan } from './billing/plans';
import { checkTrial, settleStart } from './billing/settle-start';
import { log } from './log';
import { mailAboutChange } from './mail-about-change';
import { followIfOther } from './team/follow-members';

/**
 * What the app does when something changes in somebody's billing. Every process of the app calls this
 * once, at its start. Add yours here.
 */
export function registerChangeHandlers(): void {
  onChange('log', async ({ kind, customerId, after }) => {
    log.info('billing changed', { kind, customer: customerId, object: after.id });
  });
  onChange('operator', reportReversal);
  // Before the e-mails, which say what became of it.
  onChange('starts', settleWhatStarts);
  onChange('seats', async ({ userId, after }) => {
    if ('quantity' in after && findPaidPlan(after.plan)?.seats) await followIfOther(userId);
  });
  onChange('e-mails', mailAboutChange);
  onChange('audit', async ({ id: cause, kind, userId, after }) => {
    const details = { kind, plan: 'plan' in after ? after.plan : null };
    if (isAudited(kind)) await audit({ userId, actor: 'stripe', action: 'plan', details, cause });
  });
}

/** Undoes a second plan, and a trial that is not the first. */
export async function settleWhatStarts({ kind, customerId }: BillingChange): Promise<void> {
  if (kind === 'subscribed' || kind === 'trial_started') await settleStart(customerId);
  if (kind === 'trial_card_added') await checkTrial(customerId);
}

/** Logs money that went back, or may. What an operator has to act on is logged as an error. */
async function reportReversal(change: BillingChange): Promise<void> {
  const { customerId: customer } = change;
  switch (change.kind) {
    case 'refunded':
      return log.warn('payment refunded', { customer, ...moneyOf(change.after) });
    case 'refund_failed':
      return log.error('refund failed', null, { customer, ...moneyOf(change.after) });
    case 'disputed':
      return log.error('payment disputed', null, { customer, ...moneyOf(change.after) });
    case 'dispute_closed':
      return log.warn('dispute closed', { customer, ...moneyOf(change.after) });
  }
}

function moneyOf({ id, currency, amountPaid, amountRefunded, disputeStatus }: InvoiceFacts) {
  return { invoice: id, currency, amountPaid, amountRefunded, disputeStatus };
}
