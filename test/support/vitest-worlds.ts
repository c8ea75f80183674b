import type { TestProject } from 'vitest/node';
import { startOwnWorld } from './own-world';

declare module 'vitest' {
  interface ProvidedContext {
    /** The environment of the stand-ins of each worker. */
    worlds: Record<string, string>[];
  }
}

/** Starts stand-ins for each of Vitest's workers: their tests run beside each other, and count requests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { maxWorkers } = project.vitest.config;
  const worlds = await Promise.all(Array.from({ length: maxWorkers }, () => startOwnWorld()));
  project.provide(
    'worlds',
    worlds.map(({ environment }) => environment),
  );
  return async () => {
    await Promise.all(worlds.map(({ stop }) => stop()));
  };
}
