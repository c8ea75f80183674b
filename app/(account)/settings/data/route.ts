import { redirect } from 'next/navigation';
import { auditSoon } from '@/lib/audit';
import { requirePerson } from '@/lib/auth/session';
import { downloads, ownData } from '@/lib/own-data';
import { countAgainst, TooManyError } from '@/lib/rate-limit';

/**
 * Sends everything that we hold about somebody as a file. A POST, so that nothing prefetches it and no
 * other site can ask for it.
 */
export async function POST(): Promise<Response> {
  const user = await requirePerson('/settings');
  if (await isTooOften(user.id)) redirect('/settings?problem=too-often');
  const data = await ownData(user.id);
  auditSoon({ userId: user.id, actor: 'person', action: 'data_downloaded' });
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-data.json"',
      'cache-control': 'no-store',
    },
  });
}

async function isTooOften(userId: string): Promise<boolean> {
  try {
    await countAgainst(downloads, userId);
    return false;
  } catch (error) {
    if (error instanceof TooManyError) return true;
    throw error;
  }
}
