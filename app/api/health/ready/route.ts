import { readiness } from '@/lib/readiness';

export const dynamic = 'force-dynamic';

/** Whether this instance should get traffic: see {@link readiness}. 200 or 503. */
export async function GET(): Promise<Response> {
  const problem = await readiness();
  const body = problem ? { status: 'not ready', problem } : { status: 'ok' };
  const headers = { 'cache-control': 'no-store', ...(problem && { 'retry-after': '5' }) };
  return Response.json(body, { status: problem ? 503 : 200, headers });
}
