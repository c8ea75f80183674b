import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { createStripeSandbox } from '../../server';
import type { StripeSandbox } from '../../stripe-sandbox';

export interface RunningPages {
  sandbox: StripeSandbox;
  origin: string;
  /** Posts to the API and gives the reply's `id`, and its `url` when it has one. */
  create(path: string, params: object): { id: string; url: string };
  close(): Promise<void>;
}

const reply = z.object({ id: z.string(), url: z.string().nullish() });

/** A sandbox without state from before, on a free loopback port. */
export async function startPages(): Promise<RunningPages> {
  const root = new Hono();
  const server = createServer(getRequestListener(root.fetch));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const origin = `http://localhost:${port}`;
  const sandbox = await createStripeSandbox({ dir: 'memory', origin });
  root.route('/', sandbox.app);
  return {
    sandbox,
    origin,
    create(path, params) {
      const { id, url } = reply.parse(sandbox.call('test', 'POST', path, params));
      return { id, url: url ?? '' };
    },
    async close() {
      await sandbox.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
