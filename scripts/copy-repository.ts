import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '..');

/** Copies the files of the repository, as they are now, into a folder. */
export async function copyRepository(
  folder: string,
  isWanted: (file: string) => boolean = () => true,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  for (const file of stdout.split('\0').filter(Boolean)) {
    if (isWanted(file)) await cp(path.join(ROOT, file), path.join(folder, file));
  }
}

/** Gives a copy our packages. Hard links take no space; where there are none, run.mjs installs them. */
export async function linkPackages(folder: string): Promise<void> {
  await run(ROOT, 'cp', ['-al', 'node_modules', folder]);
  // What is written to a linked file is written here, too.
  for (const written of ['.cache', '.vite', '.package-lock.json', '.installed.sha256']) {
    await rm(path.join(folder, 'node_modules', written), { recursive: true, force: true });
  }
}

/** Runs a program to its end. @returns its exit code */
export async function run(
  folder: string,
  program: string,
  typed: readonly string[],
): Promise<number> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const child = spawn(program, typed, { cwd: folder, stdio: 'inherit', env });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
