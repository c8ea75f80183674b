import type { Core } from '../core/core';
import { setKey } from '../core/keys';
import { array, oneOf, required, string } from '../core/params';
import { readBody } from './body';
import type { KeyBody } from './types';

const fields = {
  key: required(string()),
  rights: array(string()),
  state: oneOf(['active', 'expired', 'revoked']),
};

/** Says what a key may do, or that it is no longer good. */
export function changeKey(core: Core, body: unknown): Required<Omit<KeyBody, 'key'>> {
  const { key, rights = [], state = 'active' } = readBody(body, fields);
  core.transact(() => setKey(core.store, key, rights, state));
  return { rights, state };
}
