import { redirect } from 'next/navigation';
import { requireUser } from '@/lib/auth/session';
import { log } from '@/lib/log';
import { exportProjects } from '@/lib/projects/export-projects';
import { LimitReached } from '@/lib/usage/limit-reached';

/**
 * Sends the projects as a file. A POST, because it uses something up: nothing may do so by prefetching.
 * The session's cookie is not sent with a form of another site.
 */
export async function POST(): Promise<Response> {
  const user = await requireUser('/projects');
  const result = await exportProjects(user).catch(problemOf);
  if (typeof result !== 'string') redirect(`/projects?problem=${result.problem}`);
  return new Response(result, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="projects.csv"',
      'cache-control': 'no-store',
    },
  });
}

function problemOf(error: unknown): { problem: 'exports' | 'export-failed' } {
  if (error instanceof LimitReached) return { problem: 'exports' };
  log.error('export failed', error);
  return { problem: 'export-failed' };
}
