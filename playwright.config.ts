import { defineConfig } from 'playwright/test';
import { browserArguments } from './test/support/browser-arguments';

/**
 * The browser tests, against the production build. E2E_BROWSER says which Chromium. Each worker starts
 * an app and stand-ins of its own (test/support/own-app.ts).
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Much of a test is waiting, so that there may be more than processors.
  workers: 3,
  // scripts/test.ts names those that passed only then.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    // The dates that tests compare with are those of UTC.
    timezoneId: 'UTC',
    trace: { mode: 'on-first-retry', screenshots: false },
    launchOptions: {
      executablePath: process.env.E2E_BROWSER || undefined,
      args: browserArguments,
    },
  },
});
