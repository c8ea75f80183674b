import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { test as base } from 'playwright/test';
import { z } from 'zod';
import { rights } from '../../lib/billing/setup/key-rights';
import { changeKey, speakTo } from './emulator';

/** An app with stand-ins of its own. */
export type OwnApp = {
  /** Its origin. */
  url: string;
  /** The origin of its Stripe. */
  stripeUrl: string;
  /** What its server has printed. */
  log: string[];
};

/** The app's key: a restricted one, so that a test can take a right from it. */
export const appKey = 'rk_test_of_the_browser_tests';

/**
 * Tests that have an app, a Stripe and a database to themselves, each worker its own: they may break
 * them, and read what is in them and what the server says. In such a worker lib speaks to the same
 * database, and to the same Stripe with a key that may do everything.
 */
export const test = base.extend<object, { app: OwnApp }>({
  app: [
    async ({ browserName: _ }, use) => {
      const log: string[] = [];
      const server = fork('test/support/own-app-server.ts', [appKey], {
        execArgv: ['--import', 'tsx'],
      });
      const environment = await untilReady(server, log);
      const { NEXTAUTH_URL: url, STRIPE_API_BASE: stripeUrl } = environment;
      // Not through the environment: Playwright hands what a worker leaves there on to later projects.
      speakTo(stripeUrl);
      Object.assign(process.env, environment, neverUsed);
      await changeKey(appKey, { rights: everyRight });
      await use({ url, stripeUrl, log });
      server.disconnect();
      await once(server, 'exit');
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: ({ app }, use) => use(app.url),
});

/** What docs/going-live.md says that the app's key must be allowed. */
export const everyRight = rights.map(({ permission }) => permission);

/** lib wants them set, and what the tests call in it has no use for them. */
const neverUsed = {
  NEXTAUTH_SECRET: 'not the one of the app',
  EMAIL_SERVER: 'smtp://localhost:9',
  EMAIL_FROM: 'nobody@example.com',
};

const readyMessage = z.object({
  NEXTAUTH_URL: z.string(),
  DATABASE_URL: z.string(),
  STRIPE_API_BASE: z.string(),
  STRIPE_SECRET_KEY: z.string(),
  STRIPE_WEBHOOK_SECRET: z.string(),
  CRON_SECRET: z.string(),
});

const lineMessage = z.object({ line: z.string() });

function untilReady(server: ChildProcess, log: string[]): Promise<z.infer<typeof readyMessage>> {
  return new Promise((resolve, reject) => {
    server.on('message', (message) => {
      const said = lineMessage.safeParse(message);
      if (said.success) log.push(said.data.line);
      else resolve(readyMessage.parse(message));
    });
    server.once('exit', (code) => reject(new Error(`the app ended (${code}):\n${log.join('\n')}`)));
  });
}
