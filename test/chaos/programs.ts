import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SOURCES = ['test/chaos/instance.ts', 'scripts/billing.ts'] as const;

/** What is started again and again, each made into one file first, which starts twice as fast. */
export interface Programs {
  /** The file of chaos/instance. */
  instance: string;
  /** `npm run billing -- ARGUMENT…` in an environment, to its end. @throws when it fails */
  billing(typed: readonly string[], environment: NodeJS.Dict<string>): Promise<void>;
  remove(): Promise<void>;
}

/** Later changes to the sources do not matter to what is made here. */
export async function bundlePrograms(): Promise<Programs> {
  // Where packages are found from.
  const folder = await mkdtemp(path.join(ROOT, 'node_modules', '.chaos-'));
  await build({
    entryPoints: SOURCES.map((source) => path.join(ROOT, source)),
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    tsconfig: path.join(ROOT, 'tsconfig.json'),
    packages: 'external',
    // Next's package has no map of its entries, which Node asks for and bundlers do without.
    alias: { 'next/headers': 'next/headers.js', 'next/navigation': 'next/navigation.js' },
    bundle: true,
    jsx: 'automatic',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return {
    instance: path.join(folder, 'instance.mjs'),
    async billing(typed, environment) {
      const program = [path.join(folder, 'billing.mjs'), ...typed];
      const env = { ...process.env, ...environment };
      const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const [said, problems, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ]);
      if (code === 0) return;
      throw new Error(`billing ${typed.join(' ')} ended with ${code}:\n${said}${problems}`);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
