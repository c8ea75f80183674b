import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const PACKAGE = join(import.meta.dirname, '..');
const { resolve } = createRequire(import.meta.url);

/** `npm test -w stripe-emulator [-- FILE…]`: types, then every test; the last line counts them. */
async function main(): Promise<number> {
  const types = await run('typescript/bin/tsc', '--noEmit', '--project', PACKAGE);
  const folder = mkdtempSync(join(tmpdir(), 'stripe-emulator-tests-'));
  const file = join(folder, 'report.json');
  const tests = await run(
    'vitest/vitest.mjs',
    'run',
    ...process.argv.slice(2),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  );
  const { numPassedTests, numFailedTests } = report.parse(JSON.parse(readFileSync(file, 'utf8')));
  rmSync(folder, { recursive: true });
  // A test file that cannot be loaded has no failed test, but vitest's exit code tells.
  const failed = Number(types !== 0) + (numFailedTests || Number(tests !== 0));
  console.log(`\n${numPassedTests + Number(types === 0)} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

const report = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

/** Runs a program of a dependency in the package's folder. @returns its exit code */
async function run(program: string, ...programArguments: string[]): Promise<number> {
  const path = join(packageFolder(program), program.slice(program.indexOf('/') + 1));
  const child = spawn(process.execPath, [path, ...programArguments], {
    cwd: PACKAGE,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

function packageFolder(program: string): string {
  const [name = ''] = program.split('/');
  return join(resolve(`${name}/package.json`), '..');
}

process.exit(await main());
