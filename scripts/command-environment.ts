import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import nextEnv from '@next/env';
import { z } from 'zod';
import { findHolder } from '../dev/lock.mjs';

/** What `npm run dev` starts a stand-in for when it is not configured. */
const SERVICES = ['DATABASE_URL', 'EMAIL_SERVER', 'STRIPE_SECRET_KEY', 'STRIPE_API_BASE'] as const;
const STATE = '.dev';
const LOCK = 'dev.lock';
const ENVIRONMENT = 'dev-environment.json';

/**
 * Reads .env files into process.env as Next does. What they leave out is taken from an `npm run dev`
 * that runs in the same folder with the same configuration, and that is said on stderr: a command
 * typed beside it speaks to the same stand-ins. One that was told otherwise, by a variable that dev
 * does not have or by an empty one, is left as it is.
 *
 * @param root the folder of the app
 */
export async function loadCommandEnvironment(root: string): Promise<void> {
  const isToldNothing = SERVICES.some((name) => process.env[name]?.trim() === '');
  const isDevelopment = process.env.NODE_ENV !== 'production';
  nextEnv.loadEnvConfig(root, isDevelopment, { info() {}, error: console.error });
  if (isToldNothing || !isDevelopment) return;

  const file = path.join(root, STATE, ENVIRONMENT);
  const dev = await findHolder(path.join(root, STATE, LOCK));
  if (!dev || !existsSync(file)) return;
  const left = kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (left.configuration !== configurationOf(process.env)) return;
  const taken = Object.entries(left.environment).filter(([name]) => !process.env[name]?.trim());
  if (taken.length === 0) return;
  Object.assign(process.env, Object.fromEntries(taken));
  console.error(`With what npm run dev at ${dev.note} has: ${left.standIns}.\n`);
}

/**
 * Leaves what dev chose for what its environment leaves out to the commands typed beside it: nothing
 * that is configured is written down.
 *
 * @param configured the environment before any of it was added
 * @param chosen what was added
 * @returns what takes it away again
 */
export function leaveEnvironment(
  root: string,
  configured: NodeJS.Dict<string>,
  chosen: Record<string, string>,
): () => void {
  const file = path.join(root, STATE, ENVIRONMENT);
  const added = Object.entries(chosen).filter(([name]) => !configured[name]);
  const left: z.infer<typeof kept> = {
    configuration: configurationOf(configured),
    standIns: standInsOf(chosen),
    environment: Object.fromEntries(added),
  };
  writeFileSync(file, JSON.stringify(left), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

const kept = z.object({
  configuration: z.string(),
  standIns: z.string(),
  environment: z.record(z.string(), z.string()),
});

/** Equal for two environments that name the same services. */
function configurationOf(environment: NodeJS.Dict<string>): string {
  const values = SERVICES.map((name) => environment[name]?.trim() ?? '');
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

function standInsOf(chosen: Record<string, string>): string {
  const names = [
    chosen.DATABASE_URL && 'PostgreSQL',
    chosen.EMAIL_SERVER && 'mail',
    chosen.STRIPE_API_BASE && 'Stripe',
  ].filter(Boolean);
  return names.length > 0 ? `its stand-ins for ${names.join(', ')}` : 'its own secrets';
}
