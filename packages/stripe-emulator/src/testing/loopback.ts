import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import Stripe from 'stripe';
import type { StripeEmulator, StripeEmulatorOptions } from '../emulator';
import { createStripeEmulator } from '../server';

export interface Loopback {
  emulator: StripeEmulator;
  url: string;
  /** The official SDK, pointed at the emulator. */
  stripe: Stripe;
  /** The SDK with another key, or other options. */
  client(key: string, options?: Stripe.StripeConfig): Stripe;
  /** A request to the control plane; gives the JSON it answers. */
  control(method: string, path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
}

/** An emulator on a free loopback port, for tests that act through HTTP. */
export async function startLoopback(
  options: Partial<StripeEmulatorOptions> = {},
): Promise<Loopback> {
  const emulator = await createStripeEmulator({
    dir: 'memory',
    origin: 'http://localhost:4242',
    ...options,
  });
  const server = serve({ fetch: emulator.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const port = portOf(server.address());
  const url = `http://127.0.0.1:${port}`;
  function client(key: string, more: Stripe.StripeConfig = {}): Stripe {
    return new Stripe(key, {
      host: '127.0.0.1',
      port,
      protocol: 'http',
      telemetry: false,
      maxNetworkRetries: 0,
      ...more,
    });
  }
  return {
    emulator,
    url,
    stripe: client('sk_test_loopback'),
    client,
    async control(method, path, body) {
      const response = await fetch(`${url}/_emulator/${path}`, {
        method,
        body: body && JSON.stringify(body),
      });
      return response.json();
    },
    async close() {
      await emulator.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/webhook`,
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

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
