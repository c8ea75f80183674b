import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

export type RawReply = {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
};

/**
 * One HTTP request exactly as given: no browser, URL parser or client tidies its path or its headers
 * up, and no redirect is followed.
 */
export async function send(
  origin: string,
  {
    method = 'GET',
    path,
    headers = {},
    body,
  }: {
    method?: string;
    path: string;
    headers?: Record<string, string>;
    body?: string | FormData | Uint8Array<ArrayBuffer>;
  },
): Promise<RawReply> {
  const { hostname, port, host } = new URL(origin);
  const encoded = new Response(body ?? null);
  const type = encoded.headers.get('content-type');
  const outgoing = request({
    hostname,
    port,
    method,
    path,
    headers: { host, ...(type && { 'content-type': type }), ...headers },
  });
  const replied = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve).once('error', reject);
  });
  outgoing.end(Buffer.from(await encoded.arrayBuffer()));
  const reply = await replied;
  return { status: reply.statusCode ?? 0, headers: reply.headers, body: await text(reply) };
}

/** Where a reply sends a browser to: by redirect, by Next's own header, or by neither. */
export function destination({ headers }: RawReply, origin: string): URL | null {
  const action = headers['x-action-redirect'];
  const to = headers.location ?? (typeof action === 'string' ? action.split(';')[0] : undefined);
  return to === undefined ? null : new URL(to, origin);
}

/** Eight at a time: hundreds one after the other would take long, all at once would be refused. */
export async function inTurns<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const each of queue) await work(each);
    }),
  );
}
