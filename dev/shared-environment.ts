import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import nextEnv from '@next/env';
import { z } from 'zod';
import { findHolder } from './lock.mjs';

export const STATE_FOLDER = '.dev';
/** Held by the `npm run dev` that runs in this folder. */
export const DEV_LOCK = `${STATE_FOLDER}/dev.lock`;
const FILE = `${STATE_FOLDER}/dev-environment.json`;

/** The services are configured by these; `npm run dev` starts a stand-in where they are missing. */
const SERVICES = ['DATABASE_URL', 'EMAIL_SERVER', 'STRIPE_SECRET_KEY', 'STRIPE_API_BASE'] as const;

const sharedFile = z.object({
  /** See {@link configurationHash}. */
  configuration: z.string(),
  standIns: z.string(),
  environment: z.record(z.string(), z.string()),
});

/**
 * Shares what `npm run dev` chose for what its environment leaves open with the commands that are run
 * next to it. Nothing that the environment configures is written to disk.
 *
 * @param root the folder of the app
 * @param configured the environment before `chosen` was added
 * @param chosen the variables that were added
 * @returns removes the file again
 */
export function shareEnvironment(
  root: string,
  configured: NodeJS.Dict<string>,
  chosen: Record<string, string>,
): () => void {
  const file = path.join(root, FILE);
  const added = Object.entries(chosen).filter(([name]) => !configured[name]);
  const shared: z.infer<typeof sharedFile> = {
    configuration: configurationHash(configured),
    standIns: describe(chosen),
    environment: Object.fromEntries(added),
  };
  writeFileSync(file, JSON.stringify(shared), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/**
 * Reads .env files into process.env as Next does. Variables that are still missing are taken from the
 * `npm run dev` that runs in the same folder with the same configuration, and a line on stderr says so:
 * a command next to it uses the same stand-ins. To keep a command away from them, configure a service
 * differently, or set one of its variables to nothing.
 *
 * @param root the folder of the app
 */
export async function loadCommandEnvironment(root: string): Promise<void> {
  const isSetToNothing = SERVICES.some((name) => process.env[name]?.trim() === '');
  const isDevelopment = process.env.NODE_ENV !== 'production';
  nextEnv.loadEnvConfig(root, isDevelopment, { info() {}, error: console.error });
  if (isSetToNothing || !isDevelopment) return;

  const file = path.join(root, FILE);
  const dev = await findHolder(path.join(root, DEV_LOCK));
  if (!dev || !existsSync(file)) return;
  const shared = sharedFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (shared.configuration !== configurationHash(process.env)) return;
  const taken = Object.entries(shared.environment).filter(([name]) => !process.env[name]?.trim());
  if (taken.length === 0) return;
  Object.assign(process.env, Object.fromEntries(taken));
  console.error(`Using ${shared.standIns} of npm run dev at ${dev.note}.\n`);
}

/** Equal for two environments that configure the same services. */
function configurationHash(environment: NodeJS.Dict<string>): string {
  const values = SERVICES.map((name) => environment[name]?.trim() ?? '');
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

function describe(chosen: Record<string, string>): string {
  const names = Object.entries({
    DATABASE_URL: 'PostgreSQL',
    EMAIL_SERVER: 'mail',
    STRIPE_API_BASE: 'Stripe',
  }).flatMap(([variable, name]) => (chosen[variable] ? name : []));
  return names.length > 0
    ? `the stand-ins for ${new Intl.ListFormat('en').format(names)}`
    : 'the secrets';
}
