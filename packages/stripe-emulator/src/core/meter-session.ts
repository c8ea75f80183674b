import { createHash } from 'node:crypto';
import { StripeError } from './errors';
import { type Caller, keyIn } from './keys';
import type { Store } from './store';

/** Who may send usage to the stream with a token, which itself is not kept: `id` is its hash. */
export interface MeterSession {
  id: string;
  /** The world the usage is for, such as `test` or `test/acct_…`. */
  world: string;
  /** Unix seconds. */
  expires_at: number;
}

/** Keeps a token, and lets go of those that have expired. */
export function keepSession(store: Store, token: string, session: Omit<MeterSession, 'id'>): void {
  const { _meter_session } = store.world('emulator');
  const now = Math.floor(Date.now() / 1000);
  for (const old of [..._meter_session.walk('oldest')]) {
    if (old.expires_at < now - 86_400) _meter_session.delete(old.id);
  }
  _meter_session.put({ id: hashOf(token), ...session });
}

/** Who sends usage to the stream. @throws StripeError for a token that is unknown or has expired */
export function sessionCaller(
  store: Store,
  authorization: string | undefined,
  now: number,
): Caller & { world: string } {
  const session = store.world('emulator')._meter_session.get(hashOf(keyIn(authorization) ?? ''));
  if (!session) {
    throw new StripeError(401, {
      type: 'invalid_request_error',
      message: 'The stream takes the `authentication_token` of a meter event session.',
    });
  }
  if (session.expires_at <= now) {
    throw new StripeError(400, {
      type: 'temporary_session_expired',
      code: 'billing_meter_event_session_expired',
      message: 'The temporary session token has expired.',
    });
  }
  const mode = session.world.startsWith('live') ? 'live' : 'test';
  return { mode, masked: 'meter event session', world: session.world };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
