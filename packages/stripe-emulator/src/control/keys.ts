import type { Core } from '../core/core';
import { hashOf, setKey } from '../core/keys';
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

/** The world that a key works in; the controls that name none are about what keys share. */
export function worldOfKey(core: Core, key: string): string {
  return core.worldOf(key.slice(3, 7) === 'live' ? 'live' : 'test', hashOf(key));
}
