import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { removeExample } from '../test/repository/example-product';
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
  ['next', 'build'],
];

/**
 * `npm run remove-example`: takes the example product out, with a migration that drops its tables. With
 * `-- --check` it does so in a copy, and then checks, tests and builds that.
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
    for (const [program, ...rest] of CHECKS) {
      const code = await run(COPY, path.join('node_modules/.bin', program), rest);
      if (code !== 0) failed += 1;
    }
  } finally {
    await rm(COPY, { recursive: true, force: true });
  }
  console.log(`\n${CHECKS.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
