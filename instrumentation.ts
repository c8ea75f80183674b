import { EnvironmentError, env } from './lib/env';

/**
 * Runs once, before the server takes requests: an environment that is not fit to serve with stops the
 * start, and everything that is wrong with it is said at once.
 */
export function register(): void {
  // Spelt like this so that the build leaves it out where there is no process to end.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    try {
      env();
    } catch (error) {
      console.error(error instanceof EnvironmentError ? error.message : error);
      process.exit(1);
    }
  }
}
