import { isDatabaseUnavailable } from '../db';
import { log } from '../log';
import { requestContext } from './context';

/** What Next throws at a form that it cannot read or whose host is forged, before any code of ours runs. */
const MALFORMED =
  /^(Failed to parse body as FormData|Multipart: Boundary not found|Unexpected end of form|Malformed part header|Connection closed|Invalid Server Actions request|The router state header was sent but could not be parsed)/;

/** Next reads the arguments of an action as JSON. Its frame is directly above, or the mistake is ours. */
const READING_ARGUMENTS = /^SyntaxError.*\n\s+at JSON\.parse.*\n\s+at .*next-server/;

function isMalformed(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // PostgreSQL's refusal of a NUL in a text: no form or address of ours has one.
  if (error.message.includes('22021')) return true;
  return MALFORMED.test(error.message) || READING_ARGUMENTS.test(error.stack ?? '');
}

/** Logs an error that ended a request, and notes what the answer should say instead of 500. */
export function reportRequestError(
  error: unknown,
  { method, route }: { method: string; route: string },
): void {
  const context = requestContext();
  if (context?.refused || (context?.reported && isOf(context.id, error))) return;
  if (context && isMalformed(error)) {
    context.malformed = true;
    log.info('malformed request refused', { route });
    return;
  }
  const isUnavailable = isDatabaseUnavailable(error);
  if (context) {
    context.reported = true;
    if (isUnavailable) context.databaseFailed = true;
  }
  log.error(isUnavailable ? 'database unavailable' : 'request failed', error, { method, route });
}

/** Whether the browser was sent this error already: its digest is then the request's ID. */
function isOf(id: string, error: unknown): boolean {
  return error instanceof Error && 'digest' in error && error.digest === id;
}
