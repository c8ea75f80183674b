import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What configures the app or the scripts, and so must not come from whoever runs the tests. */
const OURS =
  /^(DATABASE_URL|NEXTAUTH_.*|EMAIL_.*|STRIPE_.*|GITHUB_(ID|SECRET)|GOOGLE_CLIENT_.*|EMULATOR_PORT|DEV_.*|CRON_SECRET|PORT|NODE_ENV|NEXT_DIST_DIR|NEXT_OUTPUT)$/;

/**
 * Takes out of `environment` whatever configures the app. What the .env files of `root` name is
 * set, to nothing, because Next reads those files by itself and leaves alone what is set.
 */
export function cleanEnvironment(root: string, environment: NodeJS.Dict<string>): void {
  for (const name of Object.keys(environment)) if (OURS.test(name)) delete environment[name];
  for (const name of namedInFiles(root)) environment[name] = '';
}

function namedInFiles(root: string): string[] {
  return readdirSync(root)
    .filter((file) => /^\.env(\.|$)/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return [...text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*[=:]/gm)];
    })
    .map(([, name]) => name ?? '');
}
