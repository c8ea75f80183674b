import type { Core } from './core';
import { invalidRequest } from './errors';
import { type Fault, kindsOn } from './faults';
import { type FieldOutputs, integer, required, string } from './params';

export const faultFields = {
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

/** Sets a fault as control describes it; without `times` it stays until it is cleared. */
export function addFault(core: Core, params: FieldOutputs<typeof faultFields>): Fault {
  const kind = ALIASES[params.kind] ?? params.kind;
  const kinds = kindsOn(params.on);
  if (!kinds.includes(kind)) {
    throw invalidRequest(`Invalid kind: must be one of ${kinds.join(', ')}`, 'kind');
  }
  return core.faults.add({
    on: params.on,
    kind,
    times: params.times ?? null,
    milliseconds: params.ms ?? 1_000,
    event: params.event ?? null,
    decline_code: params.decline_code ?? null,
  });
}
