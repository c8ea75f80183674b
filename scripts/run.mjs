// `node scripts/run.mjs PROGRAM.ts [ARGUMENT…]`: behind every npm script that must work straight
// after `git clone`. Installs what is missing, generates the Prisma client when the schema changed,
// then runs the program. Plain JavaScript, for nothing is installed yet.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForLock } from '../dev/lock.mjs';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, extraneous?: boolean }} Package */

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const installStamp = 'node_modules/.installed.sha256';
const clientStamp = 'lib/generated/schema.sha256';

process.chdir(root);
checkNode();
await prepare();
run();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `This needs Node 20.19 or newer, and here is ${process.versions.node}. See https://nodejs.org`,
  );
}

/** One start at a time may change node_modules and the generated client; others wait for it. */
async function prepare() {
  if (isInstalled() && isGenerated()) return;
  const lock = await waitForLock('.dev/install.lock', () =>
    say('Waiting for another start to finish installing …'),
  ).catch((error) => stop(`Nothing can be installed in ${root}: ${error.message}`));
  if (!isInstalled()) await install();
  if (!isGenerated()) await generate();
  lock.release();
}

/** Whether node_modules is what package-lock.json asks for, by our own note of it or by npm's. */
function isInstalled() {
  if (readText(installStamp) === installHash()) return true;
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([name, { version, ...entry }]) => {
    if (name === '' || entry.extraneous) return true;
    const isLeftOut = !present[name] && (entry.optional || entry.devOptional);
    return isLeftOut || present[name]?.version === version;
  });
}

function installHash() {
  return createHash('sha256').update(readText('package-lock.json')).digest('hex');
}

/**
 * @param {string} file
 * @returns {string} empty when there is no such file
 */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/**
 * @param {string} file a lock file of npm
 * @returns {Record<string, Package> | undefined}
 */
function packagesOf(file) {
  const text = readText(file);
  return text ? JSON.parse(text).packages : undefined;
}

/** The packages' own install scripts only fetch binaries that nothing here uses: none is run. */
async function install() {
  say('Installing packages (once) …');
  const npm = process.env.npm_execpath ?? '';
  const isNpm = path.basename(npm) === 'npm-cli.js';
  const options = [
    'ci',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    // Without a network npm would say so only after minutes.
    '--fetch-retries=3',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ];
  const { code } = await runToEnd(
    isNpm ? process.execPath : 'npm',
    isNpm ? [npm, ...options] : options,
    {
      // Its output goes to stderr: stdout is the program's.
      stdio: ['ignore', 2, 2],
      // npm is a shell script on Windows.
      shell: !isNpm && process.platform === 'win32',
      env: { ...process.env, NODE_ENV: 'development' },
    },
  );
  if (code !== 0) {
    stop(
      'Installing the packages failed; npm says why above. The first start needs the npm registry, and room on the disk; no later one does.',
    );
  }
  writeFileSync(installStamp, installHash());
}

function isGenerated() {
  return existsSync('lib/generated/prisma/client.ts') && readText(clientStamp) === clientHash();
}

/** What the generated client depends on: the schema and Prisma's version. */
function clientHash() {
  const version = packagesOf('package-lock.json')?.['node_modules/prisma']?.version ?? '';
  const schema = readText('prisma/schema.prisma');
  return createHash('sha256').update(version).update(schema).digest('hex');
}

async function generate() {
  const { code, output } = await runToEnd(
    process.execPath,
    ['node_modules/prisma/build/index.js', 'generate', '--no-hints'],
    {
      env: {
        ...process.env,
        // Generating does not use the schema engine, but the command would download it unless it is
        // told where one is: any file that exists will do.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  if (code !== 0) stop(`Generating the Prisma client failed:\n${output}`);
  mkdirSync(path.dirname(clientStamp), { recursive: true });
  writeFileSync(clientStamp, clientHash());
}

/**
 * Not `spawnSync`: whoever holds a lock has to be able to say so.
 *
 * @param {string} program
 * @param {string[]} programArguments
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number | null, output: string }>}
 */
async function runToEnd(program, programArguments, options) {
  const child = spawn(program, programArguments, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      output += data;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

function run() {
  const [program, ...programArguments] = process.argv.slice(2);
  if (!program) stop('Usage: node scripts/run.mjs PROGRAM.ts [ARGUMENT…]');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', './scripts/exit-with-parent.mjs', program, ...programArguments],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        EXIT_WITH_PARENT: '1',
        TSX_TSCONFIG_PATH: path.join(root, 'scripts/tsconfig.tsx.json'),
      },
    },
  );
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  endWithParent(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/**
 * npm killed the hard way leaves us behind, adopted by another process.
 *
 * @param {() => void} end
 */
function endWithParent(end) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1_000).unref();
}

/** @param {string} message */
function say(message) {
  process.stderr.write(`${message}\n`);
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  say(message);
  process.exit(1);
}
