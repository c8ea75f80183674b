import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { removeExample } from '../test/repository/example-product';
import { findBrowser } from '../test/support/find-browser';
import { copyRepository, linkPackages, ROOT, run } from './copy-repository';

/** Inside the repository, so that packages can be linked into it instead of copied. */
const COPY = path.join(ROOT, '.dev/without-example');

/** The tests of what knew it. That nothing else did, the compiler shows. */
const TESTS = [
  'components',
  'lib/own-data',
  'lib/retention',
  'lib/usage',
  'prisma',
  'test/repository',
];
/** What must succeed without the example product. */
const CHECKS: readonly (readonly [program: string, ...typed: string[]])[] = [
  ['next', 'typegen'],
  ['tsc', '--noEmit'],
  ['biome', 'ci', '--colors=off'],
  ['vitest', 'run', ...TESTS, 'scripts/import-directions'],
];
/** What must succeed without teams, too. */
const CHECKS_WITHOUT_TEAMS: typeof CHECKS = [
  ['tsc', '--noEmit'],
  ['next', 'build'],
  ['playwright', 'test', 'without-teams', '--reporter=list'],
];

/**
 * `npm run remove-example`: takes the example product out, with a migration that drops its tables. With
 * `-- --check` it does so in a copy, and checks and tests that; then it turns teams off there, builds it and
 * walks through it.
 *
 * @returns the exit code
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  if (values.check) return check();
  const { status, stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: ROOT });
  if (status !== 0 || stdout.length > 0) {
    console.error('Commit your changes first, so that you see what this removes.');
    return 1;
  }
  await remove(ROOT);
  console.log('The example product is gone. Look at git diff, then run npm test and commit.');
  console.log(
    'What your plans include is still called projects, exports and api: lib/billing/plans.ts',
  );
  return 0;
}

async function remove(root: string): Promise<void> {
  await removeExample(root);
  const migrate = ['scripts/run.mjs', 'scripts/migrate.ts', '--create', 'drop_example_product'];
  if ((await run(root, process.execPath, migrate)) !== 0) throw new Error('There is no migration.');
}

async function check(): Promise<number> {
  let failed = 0;
  await rm(COPY, { recursive: true, force: true });
  try {
    await copyRepository(COPY);
    // Biome and our own scripts expect a repository.
    await run(COPY, 'git', ['init', '--quiet']);
    await linkPackages(COPY);
    await remove(COPY);
    failed += await runChecks(CHECKS);
    await turnTeamsOff();
    process.env.E2E_BROWSER = await findBrowser();
    failed += await runChecks(CHECKS_WITHOUT_TEAMS);
  } finally {
    await rm(COPY, { recursive: true, force: true });
  }
  const all = CHECKS.length + CHECKS_WITHOUT_TEAMS.length;
  console.log(`\n${all - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** @returns how many failed */
async function runChecks(checks: typeof CHECKS): Promise<number> {
  let failed = 0;
  for (const [program, ...rest] of checks) {
    const code = await run(COPY, path.join('node_modules/.bin', program), rest);
    if (code !== 0) failed += 1;
  }
  return failed;
}

async function turnTeamsOff(): Promise<void> {
  const file = path.join(COPY, 'lib/billing/plans.ts');
  const plans = await readFile(file, 'utf8');
  const off = plans.replace(/^export const teams: .* = \{.*\};$/m, (line) =>
    line.replace(/\{.*\}/, 'null'),
  );
  if (off === plans) throw new Error(`${file} has no line that turns teams on.`);
  await writeFile(file, off);
}

process.exitCode = await main();
