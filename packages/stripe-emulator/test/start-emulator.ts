import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import Stripe from 'stripe';
import { z } from 'zod';
import type { StripeEmulator, StripeEmulatorOptions } from '../src/emulator';
import { createStripeEmulator } from '../src/server';

export interface TestEmulator {
  emulator: StripeEmulator;
  /** Where it answers, hosted pages included. */
  url: string;
  /** The official SDK, pointed at the emulator; it never tries again. */
  stripe: Stripe;
  /** The SDK with another key, or other options. */
  client(key: string, options?: Stripe.StripeConfig): Stripe;
  /** A request to the control endpoints. @returns the JSON of the reply */
  control(method: string, path: string, body?: object): Promise<unknown>;
  /** Posts to the API without a round trip. @returns the reply's `id`, and its `url` when it has one */
  create(path: string, params: object): { id: string; url: string };
  close(): Promise<void>;
}

const created = z.object({ id: z.string(), url: z.string().nullish() });

/** An emulator on a free loopback port, with no state from before unless `dir` says otherwise. */
export async function startEmulator(
  options: Partial<StripeEmulatorOptions> = {},
): Promise<TestEmulator> {
  const root = new Hono();
  const server = createServer(getRequestListener(root.fetch));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const url = `http://localhost:${port}`;
  const emulator = await createStripeEmulator({ dir: 'memory', origin: url, ...options });
  root.route('/', emulator.app);
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
    stripe: client('sk_test_emulator'),
    client,
    async control(method, path, body) {
      const response = await fetch(`${url}/_emulator/${path}`, {
        method,
        body: body && JSON.stringify(body),
      });
      return response.json();
    },
    create(path, params) {
      const { id, url } = created.parse(emulator.call('test', 'POST', path, params));
      return { id, url: url ?? '' };
    },
    async close() {
      await emulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
