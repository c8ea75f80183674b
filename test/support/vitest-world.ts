import { inject, vi } from 'vitest';

// Before each file: the stand-ins of the worker that runs it.
const world = inject('worlds')[Number(process.env.VITEST_POOL_ID) - 1];
if (!world) throw new Error(`No stand-ins were started for worker ${process.env.VITEST_POOL_ID}.`);
Object.assign(process.env, world);

// The usual pace is for Stripe's limit. The emulator has none, and a run may meet all that other tests made.
vi.mock(import('@/lib/billing/pace'), async (original) => {
  const real = await original();
  return {
    ...real,
    paced: ({ perSecond = 1_000, signal }, work) => real.paced({ perSecond, signal }, work),
  };
});

// What Next knows of the request in progress: test/support/browser says whose it is.
vi.mock('next/headers', () => import('./browser'));
vi.mock('next/root-params', () => ({
  language: async () => undefined,
  tax: async () => undefined,
}));
vi.mock('next/cache', () => ({ revalidatePath: () => {} }));
