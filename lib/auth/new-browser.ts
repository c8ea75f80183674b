import { randomUUID } from 'node:crypto';
import { audit } from '../audit';
import { log } from '../log';
import { queueMail } from '../mail/outbox';
import { callersBrowser } from './browser-name';

/**
 * Records a sign-in with a browser that was not used for this account before, and tells the person by
 * e-mail. The sign-in itself does not depend on it.
 */
export async function announceNewBrowser(userId: string): Promise<void> {
  try {
    const browser = await callersBrowser();
    const cause = randomUUID();
    await audit({ userId, actor: 'person', action: 'signed_in', details: { browser }, cause });
    await queueMail({ kind: 'new_browser', cause, userId, facts: { browser, at: new Date() } });
  } catch (error) {
    log.error('new browser not announced', error, { userId });
  }
}
