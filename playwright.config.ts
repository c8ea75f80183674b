import { defineConfig } from 'playwright/test';
import { browserArguments } from './test/support/browser-arguments';

const ALONE = ['**/trouble.spec.ts', '**/cost.spec.ts', '**/waiting.spec.ts'];

/**
 * The browser tests, against an app and stand-ins that run already (`npm test` starts them):
 * E2E_BASE_URL and E2E_EMULATOR_URL say where, E2E_BROWSER which Chromium.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.E2E_BASE_URL,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.E2E_BROWSER || undefined,
      args: browserArguments,
    },
  },
  projects: [
    { name: 'together', testIgnore: ALONE },
    // These break Stripe for everybody, or count what everybody asks of it.
    { name: 'alone', testMatch: ALONE, workers: 1, dependencies: ['together'] },
  ],
});
