import { createHash, timingSafeEqual } from 'node:crypto';
import { logBillingError } from '@/lib/billing/errors';
import { repairOnSchedule } from '@/lib/billing/repair/on-schedule';
import { env } from '@/lib/env';

/** In seconds: the host may stop the function after this. Our own limit is well below it. */
export const maxDuration = 60;

/**
 * The scheduled repair: processes the events that never reached us. Called by a scheduler with
 * `Authorization: Bearer $CRON_SECRET`; a GET because that is what schedulers send.
 */
export async function GET(request: Request): Promise<Response> {
  const { CRON_SECRET } = env();
  if (!CRON_SECRET) {
    return answer(503, { error: 'Set CRON_SECRET to enable scheduled reconciliation.' });
  }
  const given = request.headers.get('authorization') ?? '';
  if (!isSame(given, `Bearer ${CRON_SECRET}`)) {
    return answer(
      401,
      { error: 'The cron secret is missing or wrong.' },
      { 'www-authenticate': 'Bearer' },
    );
  }
  try {
    const counts = await repairOnSchedule();
    return counts ? answer(200, counts) : answer(409, { error: 'Another run is in progress.' });
  } catch (error) {
    logBillingError(error);
    return answer(502, { error: 'The run failed. The next one will try again.' });
  }
}

/** Compares in constant time. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
