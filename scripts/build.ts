import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const DIST = process.env.NEXT_DIST_DIR || '.next';
/** A folder that runs with nothing but Node: what an image is made of. */
const STANDALONE = path.join(DIST, 'standalone');
/** What an operator needs beside the server, each as one file: `node scripts/doctor.js`. */
const COMMANDS = ['scripts/migrate.ts', 'scripts/doctor.ts', 'scripts/billing.ts'];
/** Prisma's engine reads the WebAssembly that lies beside it, so it stays a package. */
const SCHEMA_ENGINE = '@prisma/schema-engine-wasm';

/** `npm run build`: Next's production build; with `-- --standalone` also {@link STANDALONE}. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { standalone: { type: 'boolean' } } });
  const code = await nextBuild(values.standalone ? { NEXT_OUTPUT: 'standalone' } : {});
  if (code === 0 && values.standalone) await completeStandalone();
  return code;
}

async function nextBuild(environment: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

/** Next adds .env files, leaves out what a content network would serve, and knows none of our commands. */
async function completeStandalone(): Promise<void> {
  // The secrets of whoever builds stay with them.
  for (const file of await readdir(STANDALONE)) {
    if (file.startsWith('.env')) await rm(path.join(STANDALONE, file));
  }
  const engine = path.join('node_modules', SCHEMA_ENGINE);
  for (const [from, to] of [
    ['public', 'public'],
    [path.join(DIST, 'static'), path.join(DIST, 'static')],
    ['prisma/migrations', 'prisma/migrations'],
    [engine, engine],
  ] as const) {
    await cp(from, path.join(STANDALONE, to), { recursive: true });
  }
  await build({
    entryPoints: COMMANDS,
    outdir: path.join(STANDALONE, 'scripts'),
    bundle: true,
    splitting: true,
    minifySyntax: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Needs the embedded PostgreSQL, and nobody creates migrations in production.
    external: [`${SCHEMA_ENGINE}/*`, './migrate/create-migration', 'pg-native'],
    // What the packages among them that are no modules take for granted.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url); globalThis.__dirname ??= import.meta.dirname;",
    },
    logLevel: 'warning',
  });
}

process.exit(await main());
