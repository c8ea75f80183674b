import { test as base } from 'playwright/test';
import { rights } from '../../lib/billing/setup/key-rights';
import { changeKey } from './emulator';
import { startOwnWorld } from './own-world';

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
 * Every browser test's: each worker has an app, a Stripe and a database to itself. Tests may break
 * them, and read what is in them and what the server says. In a worker lib speaks to the same
 * database, and to the same Stripe with a key that may do everything.
 */
export const test = base.extend<{ logOfFailure: undefined }, { app: OwnApp }>({
  app: [
    async ({ browserName: _ }, use) => {
      const { environment, log, stop } = await startOwnWorld(appKey);
      const { NEXTAUTH_URL: url = '', STRIPE_API_BASE: stripeUrl = '' } = environment;
      Object.assign(process.env, environment);
      await changeKey(appKey, { rights: everyRight });
      await use({ url, stripeUrl, log });
      await stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: ({ app }, use) => use(app.url),
  logOfFailure: [
    async ({ app }, use, test) => {
      const before = app.log.length;
      await use(undefined);
      if (test.status !== test.expectedStatus) console.error(app.log.slice(before).join('\n'));
    },
    { auto: true },
  ],
});

/** Of workers of their own: these let time pass, which nobody can take back for other tests. */
export const passingTime = test.extend<object, { passesTime: true }>({
  passesTime: [({ browserName: _ }, use) => use(true), { scope: 'worker', auto: true }],
});

/** What docs/going-live.md says that the app's key must be allowed. */
export const everyRight = rights.map(({ permission }) => permission);
