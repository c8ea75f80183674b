import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

/** A request as a webhook endpoint received it. */
export interface Received {
  body: string;
  signature: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** The status the next replies have, the last one for all that follow; 200 at first. */
  answer(...statuses: number[]): void;
  /** Resolves when so many requests have arrived. */
  until(count: number): Promise<Received[]>;
  close(): Promise<void>;
}

/** A webhook endpoint that keeps what it gets. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: { count: number; resolve: (all: Received[]) => void }[] = [];
  let statuses = [200];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('noted');
    received.push({ body, signature: String(request.headers['stripe-signature']) });
    for (const { count, resolve } of waiting) if (received.length >= count) resolve(received);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    answer: (...next) => {
      statuses = next;
    },
    until: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve(received);
        else waiting.push({ count, resolve });
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}
