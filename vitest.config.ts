import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** These move the clock of their Stripe, which nobody can put back. */
const PASSING_TIME = [
  'lib/billing/planned-change.test.ts',
  'lib/billing/repair/reconcile.test.ts',
  'lib/billing/webhook/new-card.test.ts',
  'lib/mail-about-change.test.ts',
  'lib/team/delete-team.test.ts',
  'lib/team/follow-members.test.ts',
];

/**
 * `unit` needs nothing but this process. `integration` is lib against stand-ins, which each worker has
 * to itself, so that a test can count the requests it causes; `time` is the same with other stand-ins.
 * `chaos` brings a world of its own.
 */
export default defineConfig({
  // The same paths as in tsconfig.json.
  resolve: {
    alias: [
      { find: '@', replacement: here('.') },
      { find: /^stripe-emulator$/, replacement: here('packages/stripe-emulator/src/index.ts') },
      {
        find: 'stripe-emulator/testing',
        replacement: here('packages/stripe-emulator/src/testing.ts'),
      },
    ],
  },
  test: {
    // For the programs that tests start, as in run.mjs.
    env: { TSX_TSCONFIG_PATH: here('scripts/tsconfig.tsx.json') },
    // scripts/test.ts names those that passed only then.
    retry: 1,
    // Starting an embedded PostgreSQL takes its time on a busy machine.
    hookTimeout: 60_000,
    // Only to end what never would: a busy machine may take its time.
    expect: { poll: { timeout: 15_000 } },
    // Much of a test is waiting, for a process to start or a database to answer.
    maxWorkers: Math.min(6, Math.max(2, availableParallelism() - 1)),
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{dev,scripts,test/{repository,support}}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{app,components,lib,prisma}/**/*.test.{ts,tsx}'],
          exclude: PASSING_TIME,
          globalSetup: 'test/support/vitest-worlds.ts',
          setupFiles: 'test/support/vitest-world.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'time',
          include: PASSING_TIME,
          globalSetup: 'test/support/vitest-worlds.ts',
          setupFiles: 'test/support/vitest-world.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'chaos',
          retry: 0,
          include: ['test/chaos/**/*.test.ts'],
        },
      },
    ],
  },
});

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url)).replace(/\/$/, '');
}
