import type { Core } from '../core/core';
import { invalidRequest } from '../core/errors';
import type { Fault } from '../core/fault';
import { kindsOn } from '../core/faults';
import { integer, required, string } from '../core/params';
import { readBody } from './body';

const fields = {
  on: required(string()),
  kind: required(string()),
  times: integer({ min: 1 }),
  ms: integer({ min: 0 }),
  event: string(),
  decline_code: string(),
};

/** Longer names for the same trouble. */
const ALIASES: Record<string, string> = {
  connection_reset: 'reset',
  lost: 'lost_response',
  malformed_body: 'malformed',
};

/** Sets a fault; without `times` it stays until it is cleared. */
export function addFault(core: Core, body: unknown): Fault {
  const given = readBody(body, fields);
  const kind = ALIASES[given.kind] ?? given.kind;
  const kinds = kindsOn(given.on);
  if (!kinds.includes(kind)) {
    throw invalidRequest(`Invalid kind: must be one of ${kinds.join(', ')}`, 'kind');
  }
  return core.faults.add({
    on: given.on,
    kind,
    times: given.times ?? null,
    milliseconds: given.ms ?? 1_000,
    event: given.event ?? null,
    decline_code: given.decline_code ?? null,
  });
}
