import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import type { StripeEmulator } from '../emulator';
import { createStripeEmulator } from '../server';

export interface RunningPages {
  emulator: StripeEmulator;
  origin: string;
  /** Posts to the API and gives the reply's `id`, and its `url` when it has one. */
  create(path: string, params: object): { id: string; url: string };
  close(): Promise<void>;
}

const reply = z.object({ id: z.string(), url: z.string().nullish() });

/** An emulator without state from before, on a free loopback port. */
export async function startPages(): Promise<RunningPages> {
  const root = new Hono();
  const server = createServer(getRequestListener(root.fetch));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const origin = `http://localhost:${port}`;
  const emulator = await createStripeEmulator({ dir: 'memory', origin });
  root.route('/', emulator.app);
  return {
    emulator,
    origin,
    create(path, params) {
      const { id, url } = reply.parse(emulator.call('test', 'POST', path, params));
      return { id, url: url ?? '' };
    },
    async close() {
      await emulator.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
