import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { copyRepository, linkPackages, ROOT, run } from './copy-repository';

/** What only those need who maintain the starter itself. */
const OURS =
  /^(\.ci|packages|test\/bench|docs\/images|CHANGELOG\.md|docs\/performance\.md|scripts\/(animated-png|new|screenshots|weight)\.ts|test\/repository\/(made-tables|documents|lock-file|operations)\.test\.ts)(\/|$)/;
/** Of the chaos, tests of billing use what stands between the app and its database. */
const CHAOS = /^test\/chaos\/(?!(postgres-gate|postgres-link|happenings)\.ts$)/;

/** Where the rest mentions it, or the product's name: each is found, and replaced. */
const mentions: readonly (readonly [file: string, found: RegExp, instead: string])[] = [
  ['AGENTS.md', /^Keel is a Next\.js billing starter \(/m, 'A Next.js app with billing ('],
  ['AGENTS.md', /^- The emulator: .*\n/m, ''],
  ['CONTRIBUTING.md', /; \.ci\/run adds .*$/m, ''],
  ['CONTRIBUTING.md', /, `npm run chaos` \|/, ' |'],
  ['CONTRIBUTING.md', /^## Add a resource to the emulator\n[\s\S]*?(?=^## )/m, ''],
  ['CONTRIBUTING.md', / Note what users will notice in \[CHANGELOG\.md\].*$/m, ''],
  ['docs/decisions.md', /: `npm run chaos` checks that\./, '.'],
  ['README.md', /^# [\s\S]*?(?=^```sh$)/m, '# NAME\n\n'],
  ['README.md', /\[Stripe emulator\]\(.*?\) in its own package/, 'Stripe emulator in `vendor/`'],
  ['README.md', /^## What you get\n[\s\S]*?(?=^## Start)/m, ''],
  ['README.md', /^\| `packages\/stripe-emulator` \|/m, '| `vendor` |'],
  ['README.md', /random histories \(`chaos`\), measurements \(`bench`\), /, ''],
  ['README.md', /, performance, security/, ', security'],
  ['README.md', /^\| `npm run weight` .*\n\| `npm run chaos` .*\n\| `npm run bench` .*\n/m, ''],
  ['README.md', /^\| `npm run screenshots` .*\n/m, ''],
  ['README.md', /^\| `npm run new` .*\n/m, ''],
  ['lib/product.ts', /name: '.*'/, "name: 'NAME'"],
  ['tsconfig.json', /"\.\/\*"\],\n[\s\S]*?\n(?= {4}\},)/, '"./*"]\n'],
  ['tsconfig.json', /, "packages"\]/, ']'],
  ['vitest.config.ts', /alias: \[\n {6}(\{ find: '@', .*?\}),\n[\s\S]*?^ {4}\],/m, 'alias: [$1],'],
  ['vitest.config.ts', /^ {6}\{\n {8}extends: true,\n.*\n.*'chaos',\n[\s\S]*?^ {6}\},\n/m, ''],
  ['vitest.config.ts', /\n \* `chaos` brings a world of its own\./, ''],
  ['biome.json', /, "packages\/\*\*"\]/, ']'],
  ['scripts/import-directions.test.ts', /readdirSync\('packages'\)/, ''],
  ['scripts/import-directions.test.ts', /new Set\(\);/, 'new Set<string>();'],
  ['Dockerfile', /COPY packages\/.*/, 'COPY vendor vendor'],
  ['.github/workflows/ci.yml', /run: \.ci\/run/, 'run: npm test'],
  ['.gitignore', /^packages\/.*\n/m, ''],
  ['scripts/commands.test.ts', /^it\.each\(\[\n {2}\['without a name'[\s\S]*?^\}\);\n\n/m, ''],
  ['test/repository/example-product.test.ts', /, '\.ci'\];/, '];'],
  ['test/repository/example-product.ts', /^ *\['\.ci\/run', .*\n *\['\.ci\/run', .*\n/m, ''],
];

const anything = z.record(z.string(), z.unknown());
const manifest = z.object({
  scripts: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

/** `npm run new -- DIR --name NAME`: a repository of one's own, begun from this one. @returns the exit code */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { name: { type: 'string' }, check: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.check) return check();
  const [folder = '', ...others] = positionals;
  const problem = problemWith(folder, others, values.name ?? '');
  if (problem) {
    console.error(problem);
    return 64;
  }
  await create(path.resolve(folder), values.name ?? '');
  console.log(`\n${values.name} is in ${folder}. Go there, and start it:\n\n  npm run dev\n`);
  return 0;
}

function problemWith(folder: string, others: string[], name: string): string | null {
  if (!folder || others.length > 0 || !name) {
    return 'Usage: npm run new -- DIR --name NAME\n\n  DIR   where the new repository is to be, outside this one\n  NAME  what the product is called, such as "Lighthouse"';
  }
  if (!/^\p{L}[\p{L}\p{N} -]{0,38}[\p{L}\p{N}]$/u.test(name) || !packageName(name)) {
    return `"${name}" cannot be the name: use 2 to 40 letters, digits, spaces and hyphens, and begin with a letter.`;
  }
  const inside = path.relative(ROOT, path.resolve(folder));
  if (!inside.startsWith('..') && !path.isAbsolute(inside)) {
    return `${folder} is in this repository. Choose a folder outside it, such as ../${packageName(name)}.`;
  }
  if (existsSync(folder) && !isEmptyFolder(folder)) {
    return `${folder} is there already and is not an empty folder. Choose another.`;
  }
  return null;
}

function isEmptyFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

/** The name as npm allows it; empty when nothing of it is left. */
function packageName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

async function create(folder: string, name: string): Promise<void> {
  await copyRepository(folder, (file) => !OURS.test(file) && !CHAOS.test(file));
  for (const [file, found, instead] of mentions) {
    const text = await readFile(path.join(folder, file), 'utf8');
    if (!found.test(text)) throw new Error(`${file} does not have ${found}.`);
    await writeFile(path.join(folder, file), text.replace(found, instead.replace('NAME', name)));
  }
  const vendor = path.join(folder, 'vendor');
  await mkdir(vendor);
  const typed = ['pack', '-w', 'stripe-emulator', '--silent', '--pack-destination', vendor];
  if ((await run(ROOT, 'npm', typed)) !== 0) throw new Error('The emulator could not be packed.');
  await writeManifest(folder, name);
  await lockPackages(folder);
  commit(folder, name);
}

async function writeManifest(folder: string, name: string): Promise<void> {
  const file = path.join(folder, 'package.json');
  const read: unknown = JSON.parse(await readFile(file, 'utf8'));
  const { workspaces: _, description: __, ...rest } = anything.parse(read);
  const { scripts, devDependencies } = manifest.parse(read);
  const [tarball] = readdirSync(path.join(folder, 'vendor'));
  const kept = Object.entries(scripts).filter(
    ([, program]) => !/test\/(chaos|bench)|scripts\/(new|screenshots|weight)/.test(program),
  );
  const packages = { ...devDependencies, 'stripe-emulator': `file:vendor/${tarball}` };
  const written = {
    ...rest,
    name: packageName(name),
    scripts: Object.fromEntries(kept),
    devDependencies: Object.fromEntries(
      Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
  await writeFile(file, `${JSON.stringify(written, null, 2)}\n`);
}

/** Everything but the tarball is locked already, so this needs no network. */
async function lockPackages(folder: string): Promise<void> {
  const options = ['--package-lock-only', '--offline', '--ignore-scripts', '--silent'];
  const typed = ['install', ...options, '--omit-lockfile-registry-resolved'];
  if ((await run(folder, 'npm', typed)) !== 0) throw new Error('The packages could not be locked.');
}

function commit(folder: string, name: string): void {
  const git = (...typed: string[]) =>
    execFileSync('git', typed, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  // Whoever has not told git who they are gets a first commit nevertheless.
  const author = ['-c', `user.name=${name}`, '-c', 'user.email=nobody@example.com'];
  const isKnown = spawnedWell(folder, 'git', ['config', 'user.email']);
  git(
    ...(isKnown ? [] : author),
    'commit',
    '--quiet',
    '-m',
    `Begin ${name} from a billing starter`,
  );
}

function spawnedWell(cwd: string, program: string, typed: string[]): boolean {
  try {
    execFileSync(program, typed, { cwd, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Makes one, and checks, tests, builds and starts it. The last line counts. */
async function check(): Promise<number> {
  const folder = path.join(ROOT, '.dev/new');
  let failed = 0;
  try {
    await rm(folder, { recursive: true, force: true });
    await create(folder, 'Lighthouse');
    await linkPackages(folder);
    const offline = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    for (const [program, ...typed] of [
      ['npm', 'install', ...offline],
      ['node_modules/.bin/biome', 'ci', '--colors=off'],
      // Types, unit and integration tests, the build and the round trip.
      [process.execPath, 'scripts/run.mjs', 'scripts/test.ts', '--node'],
    ] as const) {
      if ((await run(folder, program, typed)) !== 0) failed += 1;
    }
    if (!(await starts(folder))) failed += 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${4 - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Whether `npm run dev` comes to say that the product runs. */
async function starts(folder: string): Promise<boolean> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'dev/start.ts'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 300_000,
  });
  let isRunning = false;
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    if (line.includes('Lighthouse is running')) isRunning = child.kill('SIGTERM');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return isRunning;
}

process.exitCode = await main();
