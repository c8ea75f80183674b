import path from 'node:path';
import { EnvironmentError, parseEnv } from '@/lib/env';
import { migrate } from '../prisma/migrate';
import { banner } from './banner';
import { DevOutput } from './dev-output';
import { type DevSettings, readDevSettings } from './dev-settings';
import { takeLock } from './lock.mjs';
import { type NextServer, startNext, untilAnswered } from './next-server';
import { openState } from './open-state';
import { DEV_LOCK, STATE_FOLDER, shareEnvironment } from './shared-environment';
import { requestSignInLink } from './sign-in-link';
import { startStandIns } from './stand-ins';
import { StartError } from './start-error';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Compiled before the banner appears, so that the first click is fast. */
const PRECOMPILED = [
  '/',
  '/pricing',
  '/sign-in',
  '/dashboard',
  '/billing',
  '/settings',
  '/api/webhooks/stripe',
];

/** What to stop, in the order it was started. */
const closers: (() => unknown)[] = [];
let isStopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
main().catch((error: unknown) => {
  const isExplained = error instanceof StartError || error instanceof EnvironmentError;
  if (!isStopping) console.error(isExplained ? error.message : error);
  return stop(1);
});

/** `npm run dev`: stand-ins for what the environment does not configure, then Next, then the banner. */
async function main(): Promise<void> {
  const lock = await openState(STATE_FOLDER, 'The lock of npm run dev', () =>
    takeLock(path.join(ROOT, DEV_LOCK)),
  );
  if (!('release' in lock)) {
    throw new StartError(
      `npm run dev is already running in this folder${lock.note && `, at ${lock.note}`} (process ${lock.pid}).`,
    );
  }
  closers.push(lock.release);
  const settings = await readDevSettings(ROOT, STATE_FOLDER);
  lock.note(settings.appUrl);
  console.log('Starting …');

  const standIns = await startStandIns({
    ...settings,
    guide: Object.values(settings.services).every((isStandIn) => isStandIn),
  });
  closers.push(standIns.close);
  const chosen = { ...settings.defaults, ...standIns.env };
  closers.push(shareEnvironment(ROOT, { ...process.env }, chosen));
  Object.assign(process.env, { ...settings.defaults, ...process.env, ...standIns.env });
  const { DATABASE_URL } = parseEnv(process.env);
  const output = new DevOutput();
  const next = startNext('dev', settings.port, process.env, (line) => output.add(line));
  closers.push(next.stop);
  void next.ended.then((how) => {
    if (isStopping) return;
    output.release('everything');
    console.error(`${how} Stopping the rest.`);
    return stop(1);
  });

  await migrate(DATABASE_URL);
  const demoEmail = await fillStandIns(settings);
  await precompile(next, settings);
  const signIn =
    demoEmail && standIns.urls.inbox
      ? {
          email: demoEmail,
          link: await requestSignInLink({
            appUrl: settings.appUrl,
            inboxUrl: standIns.urls.inbox,
            email: demoEmail,
            callbackPath: '/billing',
          }).catch((error: unknown) => {
            // A name that does not resolve, or a tunnel that is not open yet.
            if (settings.appUrl === `http://localhost:${settings.port}`) throw error;
            return null;
          }),
        }
      : undefined;
  console.log(banner(settings, { ...standIns.urls, signIn }));
  output.release('warnings');
}

/**
 * Pushes the plans to the Stripe emulator, and creates the demo user when the database is a stand-in as
 * well. A real Stripe or database is left alone.
 *
 * @returns the demo user's email address, if there is one
 */
async function fillStandIns({ services }: DevSettings): Promise<string | undefined> {
  if (!services.stripe) return undefined;
  // Imported only now, because these read the environment that was just completed.
  const { CatalogueError } = await import('@/lib/billing/setup/lost-plans');
  const { pushCatalogue } = await import('@/lib/billing/setup/push');
  const { demoUser, seed } = await import('../prisma/seed');
  const { db } = await import('@/lib/db');
  await pushCatalogue().catch((error: unknown) => {
    throw error instanceof CatalogueError ? new StartError(error.message) : error;
  });
  if (services.postgres) await seed();
  await db().$disconnect();
  return services.postgres ? demoUser.email : undefined;
}

async function precompile(next: NextServer, { port }: DevSettings): Promise<void> {
  await untilAnswered(next, port);
  await Promise.allSettled(
    PRECOMPILED.map((page) => fetch(`http://localhost:${port}${page}`, { redirect: 'manual' })),
  );
}

/** Stops everything once, in reverse order of starting. */
async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  for (const closer of closers.reverse()) await closer();
  process.exit(code);
}
