import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The ids that the next objects of their kinds are given, by prefix. */
const chosen = new Map<string, string>();

/** A new id in Stripe's form: the prefix, an underscore, and random letters and digits. */
export function newId(prefix: string, length = 24): string {
  const id = chosen.get(prefix);
  if (id === undefined) return `${prefix}_${randomText(length)}`;
  chosen.delete(prefix);
  return id;
}

/** Runs `work`, in which the first new id with this prefix is the given one. */
export function withId<T>(prefix: string, id: string, work: () => T): T {
  chosen.set(prefix, id);
  try {
    return work();
  } finally {
    chosen.delete(prefix);
  }
}

const POOL_BYTES = 4096;

let pool = randomBytes(POOL_BYTES);
let used = 0;

/** Unpredictable letters and digits, for ids, secrets and the tokens of hosted pages. */
export function randomText(length: number): string {
  const text = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const byte = nextByte();
    if (byte < 248) text[at++] = ALPHABET.charCodeAt(byte % 62);
  }
  return text.toString('latin1');
}

/** Asking for random bytes costs more than the bytes do: many are fetched at once. */
function nextByte(): number {
  if (used === POOL_BYTES) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  return pool[used++] ?? 0;
}
