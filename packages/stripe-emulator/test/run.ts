import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
  const { numPassedTests, numFailedTests, testResults } = report.parse(
    JSON.parse(readFileSync(file, 'utf8')),
  );
  rmSync(folder, { recursive: true });
  for (const { name, status, assertionResults } of testResults) {
    const path = relative(PACKAGE, name);
    if (status === 'failed' && assertionResults.length === 0) console.log(`Failed: ${path}`);
    for (const test of assertionResults.filter((each) => each.failureMessages.length > 0)) {
      const outcome = test.status === 'passed' ? 'Passed only when repeated' : 'Failed';
      console.log(`${outcome}: ${path} › ${test.fullName}`);
    }
  }
  // A test file that cannot be loaded has no failed test, but vitest's exit code tells.
  const failed = Number(types !== 0) + (numFailedTests || Number(tests !== 0));
  console.log(`\n${numPassedTests + Number(types === 0)} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

const report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          /** Also of a test that passed when it was repeated. */
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});

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
