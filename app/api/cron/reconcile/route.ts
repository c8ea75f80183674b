import { createHash, timingSafeEqual } from 'node:crypto';
import { logBillingError } from '@/lib/billing/errors';
import { reconcile } from '@/lib/billing/reconcile/reconcile';
import { env } from '@/lib/env';

export const maxDuration = 60;
/** Milliseconds: what is not done by then, the next run does. */
const TIME = 50_000;

/**
 * The scheduled repair: processes the events that never reached us. Called by whatever keeps time,
 * with `Authorization: Bearer $CRON_SECRET`; a GET because that is what schedulers send.
 */
export async function GET(request: Request): Promise<Response> {
  const { CRON_SECRET } = env();
  if (!CRON_SECRET) return refuse(503, 'Set CRON_SECRET to switch scheduled reconciling on.');
  const given = request.headers.get('authorization') ?? '';
  if (!isSame(given, `Bearer ${CRON_SECRET}`)) return refuse(401, 'This needs the cron secret.');
  try {
    return Response.json(await reconcile({ fix: true, signal: AbortSignal.timeout(TIME) }));
  } catch (error) {
    logBillingError(error);
    return refuse(502, 'Stripe could not be asked. The next run tries again.');
  }
}

/** In a time that does not tell how much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status, headers: { 'cache-control': 'no-store' } });
}
