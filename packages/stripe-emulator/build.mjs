// Makes `dist`, which is what is published: JavaScript that needs no compiler, its types, and the
// pages' assets. Inside the repository nothing is built: tsconfig.json at its root maps
// `stripe-emulator` to the source in `src`, and package.json's `exports`, which lead here, are for
// everybody else.

import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const ROOT = import.meta.dirname;
const DIST = path.join(ROOT, 'dist');
const ENTRIES = ['index', 'testing', 'command'];

rmSync(DIST, { recursive: true, force: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: ENTRIES.map((name) => `src/${name}.ts`),
  outdir: DIST,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
});
copyAssets();
writeTypes();

/** What the code reads from beside itself. */
function copyAssets() {
  const assets = path.join(ROOT, 'src/pages/assets');
  for (const name of readdirSync(assets)) {
    if (/\.(css|js)$/.test(name)) cpSync(path.join(assets, name), path.join(DIST, name));
  }
}

/** The types that can be reached from the entries. */
function writeTypes() {
  const folder = mkdtempSync(path.join(tmpdir(), 'stripe-emulator-types-'));
  const tsc = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  execFileSync(
    process.execPath,
    [
      ...[tsc, '--project', ROOT, '--rootDir', ROOT, '--outDir', folder],
      ...['--noEmit', 'false', '--declaration', '--emitDeclarationOnly'],
    ],
    { stdio: 'inherit' },
  );
  const source = path.join(folder, 'src');
  const waiting = ['index', 'testing'].map((name) => path.join(source, name));
  const done = new Set(waiting);
  for (const file of waiting) {
    // Node's own rules want the extension, which the source leaves out.
    const text = readFileSync(`${file}.d.ts`, 'utf8').replace(
      /(from |import\()'(\.[^']*)'/g,
      (_, before, specifier) => {
        const target = path.resolve(path.dirname(file), specifier);
        if (!existsSync(`${target}.d.ts`)) throw new Error(`${file} imports ${specifier}`);
        if (!done.has(target)) waiting.push(target);
        done.add(target);
        return `${before}'${specifier}.js'`;
      },
    );
    const to = `${path.join(DIST, path.relative(source, file))}.d.ts`;
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileSync(to, text);
  }
  rmSync(folder, { recursive: true });
}
