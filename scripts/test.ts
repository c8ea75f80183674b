import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { cleanEnvironment } from '../test/support/clean-environment';
import { findBrowser } from '../test/support/find-browser';

const ROOT = path.resolve(import.meta.dirname, '..');
const REPORTS = mkdtempSync(path.join(tmpdir(), 'test-reports-'));

/**
 * How many tests passed and failed. A step that proves nothing has failed. Machines are noisy, so a test that
 * fails is run once more; whether it fails again or not, it is named at the end.
 */
interface Tally {
  passed: number;
  failed: number;
  named?: string[];
}

const children = new Set<ChildProcess>();
let build: Promise<Ended> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void cleanUp().then(() => process.exit(1)));
}

/**
 * `npm test`: what a change must pass, from types to the browser. The last line counts it. `.ci/run` runs
 * the other parts: `-- --chaos`, `-- --database` (what speaks to PostgreSQL, for a server at
 * TEST_DATABASE_URL), `-- --pooler` (the core of it through the PgBouncer at TEST_PGBOUNCER), and `-- --node`
 * (what may depend on the version of Node, and what starts several apps).
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      chaos: { type: 'boolean' },
      database: { type: 'boolean' },
      pooler: { type: 'boolean' },
      node: { type: 'boolean' },
    },
  });
  const [part = 'everything'] = Object.keys(values);
  cleanEnvironment(ROOT, process.env);
  const tallies: Tally[] = [];
  const times: string[] = [];
  for (const [title, step] of PARTS[part] ?? []) {
    console.log(`\n── ${title}\n`);
    const start = performance.now();
    tallies.push(await step().catch(crashed));
    times.push(`${seconds(performance.now() - start)}  ${title}`);
  }
  await cleanUp();
  console.log(`\n${times.join('\n')}\n${seconds(performance.now())}  in all`);
  console.log(`\n${tallies.flatMap(({ named = [] }) => named).join('\n')}`);
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

type Step = [title: string, run: () => Promise<Tally>];

const TYPES: Step = ['Types', checkTypes];
const TESTS_AND_BUILD: Step[] = [
  ['Unit and integration tests, while the production build is made', runVitestAndBuild],
  ['Production build', finishBuild],
];

/** The click, the webhook, what writes, and what counts. */
const BEHIND_POOLER = [
  'lib/db.test.ts',
  'lib/billing/cost.test.ts',
  'lib/billing/portal.test.ts',
  'lib/billing/mirror',
  'lib/billing/webhook/receive.test.ts',
  'lib/usage/consume.test.ts',
  'lib/mail/outbox.test.ts',
];

const PARTS: Record<string, Step[]> = {
  everything: [
    TYPES,
    ['Lint and format', checkStyle],
    ...TESTS_AND_BUILD,
    // Those that start apps of their own run with `--node`.
    ['Browser tests', () => runBrowserTests('--grep-invert=@instances')],
  ],
  chaos: [['Chaos', () => runVitest('--project=chaos')]],
  database: [['What speaks to PostgreSQL', () => runVitest('--project=!unit')]],
  pooler: [
    ['What speaks to PostgreSQL most, through PgBouncer', () => runVitest(...BEHIND_POOLER)],
  ],
  node: [
    TYPES,
    ...TESTS_AND_BUILD,
    [
      'Round trip, two instances and traces',
      () => runBrowserTests('round-trip', 'two-instances', 'tracing'),
    ],
  ],
};

async function checkTypes(): Promise<Tally> {
  const routes = await run('node_modules/next/dist/bin/next', ['typegen']);
  const types = await run('node_modules/typescript/bin/tsc', ['--noEmit']);
  return oneOf(routes === 0 && types === 0);
}

async function checkStyle(): Promise<Tally> {
  const colors = process.stdout.isTTY ? 'force' : 'off';
  return oneOf(
    (await run('node_modules/@biomejs/biome/bin/biome', ['ci', `--colors=${colors}`])) === 0,
  );
}

/** The tests wait more than they compute, so that the build costs little beside them. */
async function runVitestAndBuild(): Promise<Tally> {
  build = start('node_modules/next/dist/bin/next', ['build'], ['ignore', 'pipe', 'pipe']);
  return runVitest('--project=!chaos');
}

async function finishBuild(): Promise<Tally> {
  const { code, output } = (await build) ?? { code: 1, output: 'It was never begun.' };
  console.log(output);
  return oneOf(code === 0);
}

async function runVitest(...chosen: string[]): Promise<Tally> {
  const report = path.join(REPORTS, 'vitest.json');
  const code = await run('node_modules/vitest/vitest.mjs', [
    'run',
    ...chosen,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const { numPassedTests, testResults } = vitestReport.parse(readReport(report));
  // A file that could not even be loaded has no tests to fail.
  const failed = testResults.reduce(
    (sum, { status, assertionResults }) =>
      sum +
      (assertionResults.filter((test) => test.status === 'failed').length ||
        Number(status === 'failed')),
    0,
  );
  const named = testResults.flatMap(({ name, status, assertionResults }) => {
    const file = path.relative(ROOT, name);
    if (status === 'failed' && assertionResults.length === 0) return [`Failed: ${file}`];
    return assertionResults.flatMap((test) => {
      if (test.failureMessages.length === 0) return [];
      return [nameOf(test.status === 'passed', file, test.fullName)];
    });
  });
  return honest({ passed: numPassedTests, failed, named }, code);
}

const vitestReport = z.object({
  numPassedTests: z.int(),
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

function nameOf(passedInTheEnd: boolean, file: string, title: string): string {
  return `${passedInTheEnd ? 'Passed only when repeated' : 'Failed'}: ${file} › ${title}`;
}

async function runBrowserTests(...chosen: string[]): Promise<Tally> {
  if ((await build)?.code !== 0) return oneOf(false);
  const browser = await findBrowser();
  if (!browser) return oneOf(false);

  const report = path.join(REPORTS, 'playwright.json');
  const code = await run(
    'node_modules/playwright/cli.js',
    ['test', ...chosen, '--reporter=list,json'],
    { E2E_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  );
  const { stats, errors, suites } = playwrightReport.parse(readReport(report));
  const named = specsOf(suites).flatMap(({ file, title, tests }) =>
    tests.flatMap(({ status }) => {
      if (status === 'expected' || status === 'skipped') return [];
      return [nameOf(status === 'flaky', `e2e/${file}`, title)];
    }),
  );
  const passed = stats.expected + stats.flaky;
  return honest({ passed, failed: stats.unexpected + errors.length, named }, code);
}

const suite = z.object({
  specs: z.array(
    z.object({
      file: z.string(),
      title: z.string(),
      tests: z.array(z.object({ status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']) })),
    }),
  ),
  get suites() {
    return z.array(suite).optional();
  },
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
  errors: z.array(z.unknown()),
  suites: z.array(suite),
});

function specsOf(suites: z.infer<typeof suite>[] = []): z.infer<typeof suite>['specs'] {
  return suites.flatMap(({ specs, suites: inner }) => [...specs, ...specsOf(inner)]);
}

/** Runs a program of node_modules to its end, its output going to ours. @returns its exit code */
async function run(
  program: string,
  programArguments: string[],
  environment: Record<string, string | undefined> = {},
): Promise<number> {
  const stdio = ['ignore', 'inherit', 'inherit'] as const;
  return (await start(program, programArguments, stdio, environment)).code;
}

type Ended = { code: number; output: string };

/** Starts a program of node_modules. @returns once it has ended, with what it wrote into its pipes */
function start(
  program: string,
  programArguments: string[],
  stdio: readonly ['ignore', 'inherit' | 'pipe', 'inherit' | 'pipe'],
  environment: Record<string, string | undefined> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(ROOT, program), ...programArguments], {
      cwd: ROOT,
      stdio: [...stdio],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...environment },
    });
    children.add(child);
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => {
      children.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(9);
}

function oneOf(isRight: boolean): Tally {
  return isRight ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A runner that failed without a failed test, or that ran none, counts as a failure. */
function honest(tally: Tally, code: number): Tally {
  const isSilent = tally.failed === 0 && (code !== 0 || tally.passed === 0);
  return isSilent ? { ...tally, failed: 1 } : tally;
}

function crashed(error: unknown): Tally {
  console.error(error);
  return oneOf(false);
}

function readReport(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function cleanUp(): Promise<void> {
  // Waited for, since they have databases to drop.
  await Promise.all(
    [...children].map(async (child) => child.kill('SIGTERM') && (await once(child, 'exit'))),
  );
  rmSync(REPORTS, { recursive: true, force: true });
}

void main();
