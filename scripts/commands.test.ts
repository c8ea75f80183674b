import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runCommand } from '../test/support/run-command';

it('billing without a command prints its usage', async () => {
  const { code, said } = await run('scripts/billing.ts');
  expect(code).toBe(64);
  expect(said).toContain('Usage: npm run billing -- COMMAND');
});

it('the doctor says in JSON what an empty environment lacks', async () => {
  const { code, said } = await run('scripts/doctor.ts', '--json');
  expect(code).toBe(1);
  const report = z
    .object({
      ok: z.boolean(),
      findings: z.array(z.object({ check: z.string(), state: z.string() })),
    })
    .parse(JSON.parse(said));
  expect(report.ok).toBe(false);
  expect(report.findings.map(({ state }) => state)).toContain('problem');

  // docs/going-live.md says of each check which step makes it pass.
  const steps = readFileSync('docs/going-live.md', 'utf8').matchAll(/^Passes: (.*?)\./gm);
  const named = [...steps].flatMap(([, checks = '']) => checks.replaceAll('`', '').split(', '));
  const checks = new Set(report.findings.map(({ check }) => check));
  checks.delete('environment');
  expect(named.sort()).toEqual([...checks].sort());
});

it('migrating without a database says what to set', async () => {
  const { code, said } = await run('scripts/migrate.ts');
  expect(code).toBe(1);
  expect(said).toContain('DATABASE_URL is not set');
});

it.each([
  ['without a name', ['../new-product'], 'Usage: npm run new -- DIR --name NAME'],
  ['for a folder with something in it', ['/', '--name', 'Lighthouse'], 'not an empty folder'],
  ['inside this repository', ['docs/new', '--name', 'Lighthouse'], 'is in this repository'],
  ['for a name that is none', ['../new-product', '--name', "x'; y"], 'cannot be the name'],
])('nothing new is begun %s', async (_, typed, sentence) => {
  const { code, said } = await run('scripts/new.ts', ...typed);
  expect(code).toBe(64);
  expect(said).toContain(sentence);
});

/** Runs a command in an empty environment to its end. */
async function run(program: string, ...typed: string[]): Promise<{ code: number; said: string }> {
  // Empty rather than absent: the commands would look for what is absent in .env files.
  const example = readFileSync('.env.example', 'utf8');
  const nothing = Object.fromEntries(
    [...example.matchAll(/^#?\s*([A-Z][A-Z_]+)=/gm)].map(([, name]) => [name, '']),
  );
  const { code, out, err } = await runCommand(program, typed, nothing);
  return { code: Number(code), said: out + err };
}
