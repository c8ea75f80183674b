import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { 'stripe-emulator': join(import.meta.dirname, 'src/index.ts') } },
  test: {
    root: import.meta.dirname,
    include: ['{src,test,examples}/**/*.test.ts'],
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 60_000,
    // The machine may be noisy. test/run.ts names those that passed only then.
    retry: 1,
    // Much of a test is waiting.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
  },
});
