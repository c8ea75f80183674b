import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Reply } from './dispatch';
import { StripeError } from './errors';
import type { RequestFault } from './faults';

/** Thrown when the client gets no reply but a cut connection. */
export class TornReply extends Error {}

const LONGEST_HANG = 10 * 60 * 1000;

/** What a fault does before the request is worked on. */
export async function sufferBefore(
  fault: RequestFault,
  cleared: AbortSignal,
  gone: AbortSignal,
): Promise<void> {
  switch (fault.kind) {
    case 'latency':
      await pause(fault.milliseconds, cleared, gone);
      break;
    case 'hang':
      await pause(LONGEST_HANG, cleared, gone);
      throw new TornReply();
    case 'reset':
      throw new TornReply();
    case '429':
      throw new StripeError(429, {
        type: 'invalid_request_error',
        code: 'rate_limit',
        message:
          'Too many requests made to the API too quickly. We recommend an exponential backoff of your requests. Learn more about rate limits at https://docs.stripe.com/rate-limits.',
      });
    case '500':
      throw new StripeError(500, {
        type: 'api_error',
        message: 'An unknown error occurred. The emulator was asked for it.',
      });
    case '503':
      throw new StripeError(503, {
        type: 'api_error',
        message: 'The service is unavailable. The emulator was asked for it.',
      });
  }
}

/** What a fault does to the reply of a request that was worked on. */
export function sufferAfter(fault: RequestFault, reply: Reply): Reply {
  if (fault.kind === 'lost_response') throw new TornReply();
  if (fault.kind === 'malformed') {
    return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
  }
  return reply;
}

/** Cuts the connection below a request; without one (a call inside the process) nothing is sent. */
export function cutConnection(env: unknown): Response {
  const outgoing = fieldOf(env, 'outgoing');
  const socket = fieldOf(outgoing, 'socket');
  const cut = fieldOf(socket, 'resetAndDestroy');
  if (typeof cut === 'function') cut.call(socket);
  return RESPONSE_ALREADY_SENT;
}

async function pause(milliseconds: number, ...until: AbortSignal[]): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: AbortSignal.any(until), ref: false });
  } catch {
    // Cleared, or the client has gone: there is nothing to wait for any more.
  }
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Reflect.get(value, name);
}
