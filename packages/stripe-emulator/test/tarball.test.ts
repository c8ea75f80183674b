import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const PACKAGE = join(import.meta.dirname, '..');
const { devDependencies } = z
  .object({ devDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')));

let project: string;

/** Packs the package and installs it, with the SDK, into an empty project far from the repository. */
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'stripe-emulator-project-'));
  const packed = z
    .array(z.object({ filename: z.string() }))
    .parse(JSON.parse(await npm(PACKAGE, 'pack', '--json', '--pack-destination', project)));
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  await npm(
    project,
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `./${packed[0]?.filename}`,
    ...['stripe', 'typescript', '@types/node'].map((name) => `${name}@${devDependencies[name]}`),
  );
  cpSync(join(PACKAGE, 'test/tarball'), project, { recursive: true });
}, 300_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Runs a program to its end. @returns what it printed @throws when it failed */
async function run(cwd: string, program: string, ...typed: string[]): Promise<string> {
  // Not what `npm test -w …` has told this process about itself.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_workspaces?|config_local_prefix|package|lifecycle)/.test(name),
    ),
  );
  const child = spawn(program, typed, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  if (code !== 0)
    throw new Error(`${program} ${typed.join(' ')} ended with ${code}:\n${out}${err}`);
  return out;
}

const npm = (cwd: string, ...typed: string[]) => run(cwd, 'npm', ...typed);

const wentWell = {
  status: 'active',
  portalShowsInvoice: true,
  assets: [200, 200],
  told: expect.arrayContaining([
    'customer.created',
    'customer.subscription.created',
    'invoice.paid',
  ]),
};

describe('the package, installed from its tarball', () => {
  test('serves a purchase, the portal and signed webhooks as a command', async () => {
    const out = await run(project, process.execPath, 'with-command.mjs');
    expect(JSON.parse(out)).toEqual({ ...wentWell, code: 0 });
  });

  test('serves the same as a library', async () => {
    const out = await run(project, process.execPath, 'with-library.mjs');
    expect(JSON.parse(out)).toEqual({ ...wentWell, daysPassed: 1 });
  });

  test('has types for Node’s own module resolution', async () => {
    const options = '--noEmit --strict --target es2023 --module nodenext --skipLibCheck'.split(' ');
    await run(project, process.execPath, 'node_modules/typescript/bin/tsc', ...options, 'typed.ts');
  });

  test('brings no compiler, no source and no tests', async () => {
    const installed = readdirSync(join(project, 'node_modules'));
    expect(installed).toEqual(expect.arrayContaining(['hono', 'stripe-emulator', 'zod']));
    expect(installed).not.toContain('tsx');
    expect(installed).not.toContain('esbuild');
    const files = readdirSync(join(project, 'node_modules/stripe-emulator'));
    expect(files.toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'package.json',
    ]);
  });

  test('needs no SDK to run', () => {
    const dist = join(project, 'node_modules/stripe-emulator/dist');
    const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
    const importing = scripts.filter((name) =>
      /from ['"]stripe['"]/.test(readFileSync(join(dist, name), 'utf8')),
    );
    expect(importing).toEqual([]);
    expect(readFileSync(join(dist, 'index.d.ts'), 'utf8')).not.toContain("'stripe'");
  });
});
