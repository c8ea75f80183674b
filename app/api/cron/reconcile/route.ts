import { createHash, timingSafeEqual } from 'node:crypto';
import { logBillingError } from '@/lib/billing/errors';
import { repairOnSchedule } from '@/lib/billing/repair/on-schedule';
import { env } from '@/lib/env';

/** Seconds: what a host may end us after. The work is bounded well below that. */
export const maxDuration = 60;

/**
 * The scheduled repair: processes the events that never reached us. Called by whatever keeps time,
 * with `Authorization: Bearer $CRON_SECRET`; a GET because that is what schedulers send.
 */
export async function GET(request: Request): Promise<Response> {
  const { CRON_SECRET } = env();
  if (!CRON_SECRET) {
    return answer(503, { error: 'Set CRON_SECRET to switch scheduled reconciling on.' });
  }
  const given = request.headers.get('authorization') ?? '';
  if (!isSame(given, `Bearer ${CRON_SECRET}`)) {
    return answer(401, { error: 'This needs the cron secret.' }, { 'www-authenticate': 'Bearer' });
  }
  try {
    const counts = await repairOnSchedule();
    return counts ? answer(200, counts) : answer(409, { error: 'Another run is under way.' });
  } catch (error) {
    logBillingError(error);
    return answer(502, { error: 'It could not be done. The next run tries again.' });
  }
}

/** In a time that does not tell how much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
