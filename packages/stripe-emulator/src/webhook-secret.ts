import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomText } from './core/ids';

/**
 * The secret that forwarded events are signed with. It is kept beside the state, so that what an app
 * was told once is good for every later start.
 * @param dir the folder of the state, or `memory` for a new secret each time
 */
export function webhookSecret(dir: string): string {
  const secret = `whsec_${randomText(32)}`;
  if (dir === 'memory') return secret;
  const file = join(dir, 'webhook.secret');
  mkdirSync(dir, { recursive: true });
  try {
    writeFileSync(file, secret, { flag: 'wx', mode: 0o600 });
    return secret;
  } catch {
    const kept = readFileSync(file, 'utf8').trim();
    if (kept) return kept;
    // A full disk has left an empty file behind.
    writeFileSync(file, secret);
    return secret;
  }
}
