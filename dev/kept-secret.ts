import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A random secret (256 bits, base64url) that stays the same as long as its file in `dir` stays, so
 * that what was signed before a restart is still good after it. `memory` gives a new one each time.
 */
export function keptSecret(dir: string, name: string): string {
  const secret = randomBytes(32).toString('base64url');
  if (dir === 'memory') return secret;
  const file = path.join(dir, `${name}.secret`);
  mkdirSync(dir, { recursive: true });
  try {
    writeFileSync(file, secret, { flag: 'wx', mode: 0o600 });
    return secret;
  } catch {
    const kept = readFileSync(file, 'utf8').trim();
    // A full disk leaves an empty file behind.
    if (!kept) writeFileSync(file, secret);
    return kept || secret;
  }
}
