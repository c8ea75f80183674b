import { inject } from 'vitest';

// Before each file: the stand-ins of the worker that runs it.
const world = inject('worlds')[Number(process.env.VITEST_POOL_ID) - 1];
if (!world) throw new Error(`No stand-ins were started for worker ${process.env.VITEST_POOL_ID}.`);
Object.assign(process.env, world);
