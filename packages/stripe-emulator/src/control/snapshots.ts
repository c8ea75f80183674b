import type { Core } from '../core/core';
import { invalidRequest, StripeError } from '../core/errors';

/** Keeps the whole state under a name. */
export function saveSnapshot(core: Core, name: string): void {
  core.store.saveSnapshot(checked(name));
}

/** Brings a state back. @throws StripeError when there is none of this name */
export function restoreSnapshot(core: Core, name: string): void {
  if (core.store.restoreSnapshot(checked(name))) return;
  throw new StripeError(404, {
    type: 'invalid_request_error',
    message: `There is no snapshot '${name}'.`,
  });
}

function checked(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) return name;
  throw invalidRequest('A snapshot has a name of letters, digits, - and _.', 'name');
}
