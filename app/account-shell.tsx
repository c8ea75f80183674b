import type { ReactNode } from 'react';
import { OwedBanner } from '@/components/owed-banner';
import { PageShell } from '@/components/page-shell';
import { afterResponse } from '@/lib/after-response';
import { currentUser, type SessionUser } from '@/lib/auth/session';
import { db } from '@/lib/db';
import { log } from '@/lib/log';
import { browserTimeZone } from '@/lib/reader';
import { AccountMenu } from './account-menu';

/** What surrounds a page for whoever is signed in: their menu, and what they owe. */
export async function AccountShell({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (user) await rememberTimeZone(user);
  return (
    <PageShell
      account={user ? <AccountMenu user={user} /> : null}
      isTeam={user ? user.role !== null : false}
    >
      {user?.owed ? <OwedBanner owed={user.owed} /> : null}
      {children}
    </PageShell>
  );
}

/** So that e-mails write the same dates as pages. A page that is only read says it, too: nobody chooses it. */
async function rememberTimeZone({ person: { id }, timeZone: known }: SessionUser): Promise<void> {
  const timeZone = await browserTimeZone();
  if (!timeZone || timeZone === known) return;
  afterResponse(async () => {
    await db()
      .user.updateMany({ where: { id }, data: { timeZone } })
      .catch((error: unknown) => log.error('time zone not remembered', error));
  });
}
