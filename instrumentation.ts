import { EnvironmentError, env } from './lib/env';

/**
 * Next calls this once, before the server takes requests. A bad environment stops the start, with a
 * list of everything that is wrong with it.
 */
export function register(): void {
  // Written as one condition so that the build drops it for runtimes that have no `process.exit`.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    try {
      env();
    } catch (error) {
      console.error(error instanceof EnvironmentError ? error.message : error);
      process.exit(1);
    }
  }
}
