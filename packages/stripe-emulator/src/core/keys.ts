import { createHash } from 'node:crypto';
import type { Mode } from './context';
import { StripeError } from './errors';
import type { Store } from './store';

/** What control has said of an API key. `id` is a hash of the key, which itself is not kept. */
export interface KeyRecord {
  id: string;
  /** Rights such as `customer_write`; of no account for an unrestricted key. */
  rights: string[];
  state: 'active' | 'expired' | 'revoked';
}

/** Who is asking. */
export interface Caller {
  mode: Mode;
  masked: string;
  /** What stands for the key, which itself is not kept. */
  key?: string;
  /** The rights of a restricted key; undefined for a key that may do everything. */
  rights?: readonly string[];
}

const WELL_FORMED = /^(sk|rk)_(test|live)_[A-Za-z0-9_]+$/;

/** Keys nobody issued, for trying what a wrong key does. */
const NEVER_ISSUED = /_(invalid|wrong|revoked)/i;

/**
 * Reads the `Authorization` header: `Bearer KEY`, or Basic with the key as user name.
 * @throws StripeError 401 for a key that is missing, malformed, never issued, expired or revoked
 */
export function authenticate(store: Store, authorization: string | undefined): Caller {
  const key = keyIn(authorization);
  if (!key) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  const masked = maskKey(key);
  if (/^pk_(test|live)_/.test(key)) {
    throw unauthorized(
      'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
      'secret_key_required',
    );
  }
  const record = store.world('emulator')._key.get(hashOf(key));
  if (record?.state === 'expired') {
    throw unauthorized(`Expired API Key provided: ${masked}`, 'api_key_expired');
  }
  if (!WELL_FORMED.test(key) || NEVER_ISSUED.test(key) || record?.state === 'revoked') {
    throw unauthorized(`Invalid API Key provided: ${masked}`);
  }
  const mode: Mode = key.slice(3, 7) === 'live' ? 'live' : 'test';
  const caller = { mode, masked, key: hashOf(key) };
  return key.startsWith('rk_') ? { ...caller, rights: record?.rights ?? [] } : caller;
}

/** @throws StripeError 403 naming the right that a restricted key lacks; writing includes reading */
export function requireRight(caller: Caller, right: string, account: string): void {
  const writing = right.replace(/_read$/, '_write');
  if (!caller.rights || caller.rights.includes(right) || caller.rights.includes(writing)) return;
  throw new StripeError(403, {
    type: 'invalid_request_error',
    message: `The provided key '${caller.masked}' does not have the required permissions for this endpoint on account '${account}'. Having the 'rak_${right}' permission would allow this request to continue.`,
  });
}

/** Sets what a key may do, or that it is no longer good. */
export function setKey(
  store: Store,
  key: string,
  rights: string[],
  state: KeyRecord['state'],
): void {
  const bare = rights.map((right) => right.replace(/^rak_/, ''));
  store.world('emulator')._key.put({ id: hashOf(key), rights: bare, state });
}

/** The world that a key works in alone, when keys are kept apart. */
export function privateWorld(mode: Mode, keyHash: string): string {
  return `${mode}:${keyHash.slice(0, 16)}`;
}

/** A key as it may be shown: its kind and last four characters. */
function maskKey(key: string): string {
  const kind = /^[a-z]{2}_(test|live)_/.exec(key)?.[0] ?? '';
  const rest = key.slice(kind.length);
  const shown = rest.length > 8 ? rest.slice(-4) : '';
  return `${kind}${'*'.repeat(Math.max(rest.length - shown.length, 0))}${shown}`;
}

/** The key in an `Authorization` header. */
export function keyIn(authorization: string | undefined): string | undefined {
  const [, scheme, value] = /^(Bearer|Basic)\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  if (!scheme || !value) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] || undefined;
}

/** What stands for a key, which itself is not kept. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function unauthorized(message: string, code?: string): StripeError {
  const body = { type: 'invalid_request_error' as const, message };
  return new StripeError(401, code ? { ...body, code } : body);
}
