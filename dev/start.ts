import path from 'node:path';
import { EnvironmentError, parseEnv } from '@/lib/env';
import { leaveEnvironment } from '../scripts/command-environment';
import { migrate } from '../scripts/migrate';
import { banner } from './banner';
import { takeLock } from './lock.mjs';
import { type NextServer, startNext, untilAnswered } from './next-server';
import { type DevPlan, planDev } from './plan';
import { requestSignInLink } from './sign-in-link';
import { startStandIns } from './stand-ins';
import { StartError } from './start-error';
import { openState } from './state';

const ROOT = path.resolve(import.meta.dirname, '..');
const STATE = '.dev';
/** Compiled before the banner invites to click, so that the first click is quick. */
const WARM_PATHS = [
  '/',
  '/pricing',
  '/sign-in',
  '/dashboard',
  '/billing',
  '/settings',
  '/api/webhooks/stripe',
];

/** What has to be ended, in the order it was started. */
const closers: (() => unknown)[] = [];
let isEnding = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
main().catch((error: unknown) => {
  const isTheirs = error instanceof StartError || error instanceof EnvironmentError;
  if (!isEnding)
    console.error(error instanceof Error ? (isTheirs ? error.message : error.stack) : error);
  return end(1);
});

/** `npm run dev`: stand-ins for what the environment leaves out, then Next, then the banner. */
async function main(): Promise<void> {
  const lock = await openState(STATE, 'npm run dev', () =>
    takeLock(path.join(ROOT, STATE, 'dev.lock')),
  );
  if (!('release' in lock)) {
    throw new StartError(
      `npm run dev is running in this folder already${lock.note && `, at ${lock.note}`} (process ${lock.pid}).`,
    );
  }
  closers.push(lock.release);
  const plan = await planDev(ROOT, STATE);
  lock.note(plan.appUrl);
  console.log('Starting …');

  const standIns = await startStandIns(plan);
  closers.push(standIns.close);
  const chosen = { ...plan.defaults, ...standIns.env };
  closers.push(leaveEnvironment(ROOT, { ...process.env }, chosen));
  Object.assign(process.env, { ...plan.defaults, ...process.env, ...standIns.env });
  const { DATABASE_URL } = parseEnv(process.env);
  const output = new Output();
  const next = startNext('dev', plan.port, process.env, (line) => output.add(line));
  closers.push(next.stop);
  void next.ended.then((how) => {
    if (isEnding) return;
    output.show('everything');
    console.error(`${how} The rest ends with it.`);
    return end(1);
  });

  await migrate(DATABASE_URL);
  const demoEmail = await fillStandIns(plan);
  await warm(next, plan);
  const signIn =
    demoEmail && standIns.urls.inbox
      ? {
          email: demoEmail,
          link: await requestSignInLink({
            appUrl: plan.appUrl,
            inboxUrl: standIns.urls.inbox,
            email: demoEmail,
            callbackPath: '/billing',
          }),
        }
      : undefined;
  console.log(banner(plan, { ...standIns.urls, signIn }));
  output.show('warnings');
}

/**
 * Gives a Stripe stand-in the plans, and both stand-ins the demo user. What is real is left alone.
 *
 * @returns the demo user's address, when there is one
 */
async function fillStandIns({ parts }: DevPlan): Promise<string | undefined> {
  if (!parts.stripe) return undefined;
  // Only now, as these read the environment that was just completed.
  const { pushCatalogue } = await import('@/lib/billing/setup/push');
  const { demoUser, seed } = await import('../prisma/seed');
  const { db } = await import('@/lib/db');
  await pushCatalogue();
  if (parts.postgres) await seed();
  await db().$disconnect();
  return parts.postgres ? demoUser.email : undefined;
}

async function warm(next: NextServer, { port }: DevPlan): Promise<void> {
  await untilAnswered(next, port);
  await Promise.allSettled(
    WARM_PATHS.map((page) => fetch(`http://localhost:${port}${page}`, { redirect: 'manual' })),
  );
}

/** Next's output: held back until the banner is out or something went wrong, then passed on. */
class Output {
  #held: string[] | undefined = [];

  add(line: string): void {
    if (this.#held) this.#held.push(line);
    else console.log(line);
  }

  show(what: 'everything' | 'warnings'): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const line of held) {
      if (what === 'everything' || /error|warn|⨯|⚠/i.test(line)) console.log(line);
    }
  }
}

/** Ends everything, last started first, once. */
async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  for (const closer of closers.reverse()) await closer();
  process.exit(code);
}
