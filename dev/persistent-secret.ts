import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns a random secret (256 bits, base64url) that is kept in a file in `dir`, so that whatever was
 * signed with it before a restart stays valid. `memory` returns a new one every time.
 */
export function persistentSecret(dir: string, name: string): string {
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
