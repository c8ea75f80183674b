import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The locks of this process. */
const held = new Set<string>();

/**
 * Makes sure that nobody else writes to a state's folder. What a killed process left behind is taken over.
 * @returns what gives the lock back
 * @throws Error naming the process that has it
 */
export function lockState(directory: string): () => void {
  const file = resolve(join(directory, 'lock'));
  while (!create(file)) {
    const holder = Number(readFileSync(file, 'utf8'));
    // In a container everybody is process 1: the former one that was killed, too.
    if (held.has(file) || (holder !== process.pid && isRunning(holder))) {
      throw new Error(
        `another emulator is using it (process ${holder}). If that process is something else, delete ${file}`,
      );
    }
    rmSync(file, { force: true });
  }
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

function create(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
