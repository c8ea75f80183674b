import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new id in Stripe's form: the prefix, an underscore, and random letters and digits. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${randomText(length)}`;
}

const POOL_BYTES = 4096;

let pool = randomBytes(POOL_BYTES);
let used = 0;

/** Unpredictable letters and digits, for ids, secrets and the tokens of hosted pages. */
export function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    const byte = nextByte();
    if (byte < 248) text += ALPHABET[byte % 62];
  }
  return text;
}

/** Asking for random bytes costs more than the bytes do: many are fetched at once. */
function nextByte(): number {
  if (used === POOL_BYTES) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  return pool[used++] ?? 0;
}
