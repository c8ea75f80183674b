import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { closeInOrder, isStopping } from './shutdown';

it('still answers for a while, even if it is told to end before anybody has connected', async () => {
  // As Next does: its server listens already when we are called.
  const server = createServer((_, response) => response.end(String(isStopping())));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
  closeInOrder(0.2);
  const ended = new Promise<unknown>((resolve) => server.close(resolve));
  expect(await (await fetch(url)).text()).toBe('true');
  expect(await ended).toBeUndefined();
  await expect(fetch(url)).rejects.toThrow();
});
