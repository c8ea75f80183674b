import { isDatabaseUnavailable } from '../db';
import { log } from '../log';
import { requestContext } from './context';

/** Logs an error that ended a request, and notes when the database was the reason for it. */
export function reportRequestError(
  error: unknown,
  { method, route }: { method: string; route: string },
): void {
  const context = requestContext();
  if (context?.refused) return;
  const isUnavailable = isDatabaseUnavailable(error);
  if (context && isUnavailable) context.databaseFailed = true;
  log.error(isUnavailable ? 'database unavailable' : 'request failed', error, { method, route });
}
