import { onChange } from './billing/changes';
import { log } from './log';
import { mailAboutChange } from './mail-about-change';

/**
 * What the app does when something changes in somebody's billing. Every process of the app calls this
 * once, at its start. Add yours here.
 */
export function registerChangeHandlers(): void {
  onChange('log', async ({ kind, customerId, after }) => {
    log.info('billing changed', { kind, customer: customerId, object: after.id });
  });
  onChange('e-mails', mailAboutChange);
}
