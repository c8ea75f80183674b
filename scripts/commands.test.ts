import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runCommand } from '../test/support/run-command';

const documents = ['README.md', 'packages/stripe-emulator/README.md', ...pagesOf('docs')];
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

it.each(documents)('every npm script that %s names exists, and so does its program', (document) => {
  for (const [command, run, own] of read(document).matchAll(
    /npm (?:run ([\w-]+)|(test|start)\b)/g,
  )) {
    const script = scripts[run ?? own ?? ''];
    expect(script, command).toBeDefined();
    const programs = script?.match(/\S+\.(ts|mjs)/g) ?? [];
    expect(programs.filter((program) => !existsSync(program))).toEqual([]);
  }
});

it.each(documents)('every file that %s links to exists', (document) => {
  const links = [...read(document).matchAll(/(?:\]\(|src="|srcset=")([^)"#\s]+)/g)]
    .map(([, link]) => decodeURIComponent(link ?? ''))
    .filter((link) => !/^[a-z]+:/.test(link));
  const missing = links.filter((link) => !existsSync(path.join(path.dirname(document), link)));
  expect(missing).toEqual([]);
});

it('every billing command that the documents name is known to it', async () => {
  const { code, said } = await run('scripts/billing.ts');
  expect(code).toBe(64);
  const named = documents.flatMap((document) => [
    ...read(document).matchAll(/npm run billing -- ([\w-]+)((?: --[\w-]+)*)/g),
  ]);
  expect(named.length).toBeGreaterThan(0);
  for (const [command, name, options = ''] of named) {
    expect(said, command).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    for (const option of options.trim().split(' ')) expect(said, command).toContain(option);
  }
});

it('the doctor says in JSON what an empty environment lacks', async () => {
  const { code, said } = await run('scripts/doctor.ts', '--json');
  expect(code).toBe(1);
  const report = z
    .object({ ok: z.boolean(), findings: z.array(z.object({ state: z.string() })) })
    .parse(JSON.parse(said));
  expect(report.ok).toBe(false);
  expect(report.findings.map(({ state }) => state)).toContain('problem');
});

it('migrating without a database says what to set', async () => {
  const { code, said } = await run('scripts/migrate.ts');
  expect(code).toBe(1);
  expect(said).toContain('DATABASE_URL is not set');
});

function pagesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${folder}/${file}`);
}

function read(document: string): string {
  return readFileSync(document, 'utf8');
}

/** Runs a command in an empty environment to its end. */
async function run(program: string, ...typed: string[]): Promise<{ code: number; said: string }> {
  // Empty rather than absent: the commands would look for what is absent in .env files.
  const nothing = Object.fromEntries(
    [...read('.env.example').matchAll(/^#?\s*([A-Z][A-Z_]+)=/gm)].map(([, name]) => [name, '']),
  );
  const { code, out, err } = await runCommand(program, typed, nothing);
  return { code: Number(code), said: out + err };
}
