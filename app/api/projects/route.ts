import { z } from 'zod';
import { apiUser } from '@/lib/api-user';
import { paymentRequired } from '@/lib/payment-required';
import { problemDocument } from '@/lib/problem-document';
import { createProject, projectName, projectsOf } from '@/lib/projects/projects';
import { BodyTooLargeError, BodyUnfinishedError, readBody } from '@/lib/read-body';
import { LimitReached } from '@/lib/usage/limit-reached';

/** In bytes. */
const LARGEST_BODY = 10_000;

const newProject = z.strictObject({ name: projectName });

/** The projects of the key's owner. docs/api.md describes the API. */
export async function GET(request: Request): Promise<Response> {
  const user = await apiUser(request);
  if (user instanceof Response) return user;
  return answer(200, { projects: await projectsOf(user.id) });
}

/** Creates a project for the key's owner. */
export async function POST(request: Request): Promise<Response> {
  const user = await apiUser(request);
  if (user instanceof Response) return user;
  const body = await readNewProject(request);
  if (body instanceof Response) return body;
  try {
    return answer(201, await createProject(user, body.name));
  } catch (error) {
    if (error instanceof LimitReached) return paymentRequired(error);
    throw error;
  }
}

async function readNewProject(request: Request): Promise<z.infer<typeof newProject> | Response> {
  try {
    return newProject.parse(JSON.parse(await readBody(request, LARGEST_BODY)));
  } catch (error) {
    if (error instanceof BodyTooLargeError) return problemDocument(413, error.message);
    if (error instanceof BodyUnfinishedError) return problemDocument(400, error.message);
    if (error instanceof SyntaxError) return problemDocument(400, 'The body is not valid JSON.');
    if (error instanceof z.ZodError) return problemDocument(400, WRONG_BODY);
    throw error;
  }
}

const WRONG_BODY =
  'Send {"name": "…"} and nothing else. A name has 1 to 100 characters, without control characters.';

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
