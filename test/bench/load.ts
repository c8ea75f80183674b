import { Agent, type IncomingMessage, request } from 'node:http';

/** One request to be sent, and how it must be answered. */
export interface Shot {
  path: string;
  headers: Record<string, string>;
  /** It is posted; without one, the path is asked for. */
  body?: string | Buffer;
  status: number;
  /** What occurs in the address that it is redirected to. */
  to?: string;
}

/** What requests took: how many a second all together, and the milliseconds until a single one was answered. */
export interface Speed {
  /** How many were sent. */
  count: number;
  perSecond: number;
  p50: number;
  p95: number;
}

/**
 * Sends requests over connections that stay open, always as many at once, until none is left or the
 * time is over.
 *
 * @throws Error when one is answered otherwise than it must be, or `signal` is aborted
 */
export async function fire(
  origin: string,
  shots: readonly Shot[],
  { atOnce, signal, seconds = 60 }: { atOnce: number; signal: AbortSignal; seconds?: number },
): Promise<Speed> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  const queue = shots.values();
  const begun = performance.now();
  const gunner = async () => {
    for (const shot of queue) {
      if (performance.now() - begun > seconds * 1_000) return;
      signal.throwIfAborted();
      const sent = performance.now();
      const { statusCode, headers } = await send(origin, shot, agent);
      times.push(performance.now() - sent);
      if (statusCode !== shot.status || !(headers.location ?? '').includes(shot.to ?? '')) {
        throw new Error(`${shot.path} answered ${statusCode} ${headers.location ?? ''}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, gunner));
  } finally {
    agent.destroy();
  }
  const count = times.length;
  const perSecond = count / ((performance.now() - begun) / 1_000);
  return { count, perSecond, p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/** The nearest rank: what this share of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Resolves with the answer once all of it is there. */
function send(
  origin: string,
  { path, headers, body }: Shot,
  agent: Agent,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const answered = (reply: IncomingMessage) => {
      reply.resume().once('end', () => resolve(reply));
    };
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const method = body === undefined ? 'GET' : 'POST';
    request(origin + path, { method, agent, headers: { ...headers, ...length } }, answered)
      .once('error', reject)
      .end(body);
  });
}
