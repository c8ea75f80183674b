import { env } from './lib/env';

/** Runs once before the server takes requests: a bad environment stops the start, with a reason. */
export function register(): void {
  try {
    env();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
