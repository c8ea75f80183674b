export const dynamic = 'force-dynamic';

/** Whether the process is alive: asks nothing else, so that an outage elsewhere restarts nobody. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
}
