import { findApiKey } from './api-keys';
import { problemDocument } from './problem-document';
import { countAgainst, type Limit, TooManyError } from './rate-limit';
import { refuseWithout } from './require-feature';

/** For each key, counted in the database for all instances together. */
const perKey: Limit = { name: 'api-key', points: 120, seconds: 60 };

/**
 * The guard of the API's routes: who sent a request, by the key in its `Authorization` header alone.
 *
 * @returns the key's owner; or the response that refuses, to be returned: 401 without a valid key, 429
 *   when the key is used too often, 402 when its owner's plan does not include the API
 */
export async function apiUser(request: Request): Promise<{ id: string } | Response> {
  const key = await findApiKey(request.headers.get('authorization'));
  if (!key) {
    return problemDocument(401, 'Send a valid API key: "Authorization: Bearer KEY".', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  try {
    await countAgainst(perKey, key.id);
  } catch (error) {
    if (!(error instanceof TooManyError)) throw error;
    const detail = `A key can be used ${perKey.points} times in ${perKey.seconds} seconds.`;
    const headers = { 'retry-after': String(error.retryAfter) };
    return problemDocument(429, detail, { headers });
  }
  const user = { id: key.userId };
  return (await refuseWithout('api', user)) ?? user;
}
