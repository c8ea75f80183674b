import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { findPort, isFree } from './ports';
import { StartError } from './start-error';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  delete process.env.A_PORT;
});

async function listenOn(host: string, port = 0): Promise<number> {
  const server = createServer();
  servers.push(server);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return address && typeof address === 'object' ? address.port : 0;
}

it('takes the next port when the usual one is in use', async () => {
  const taken = await listenOn('127.0.0.1');
  expect(await findPort('A_PORT', taken)).toBeGreaterThan(taken);
});

it('never hands out the same port twice', async () => {
  const first = await findPort('A_PORT', 47_000);
  expect(await findPort('A_PORT', 47_000)).toBeGreaterThan(first);
});

it('notices a port in use at ::1, which localhost may mean', async () => {
  expect(await isFree(await listenOn('::1'))).toBe(false);
});

it('refuses a port from the environment that is in use, and names the variable', async () => {
  process.env.A_PORT = String(await listenOn('127.0.0.1'));
  await expect(findPort('A_PORT', 47_100)).rejects.toThrow(
    `Port ${process.env.A_PORT} (from A_PORT) is already in use.`,
  );
});

it.each(['http', '0', '70000', '80.5'])('refuses %s, which is not a port', async (given) => {
  process.env.A_PORT = given;
  await expect(findPort('A_PORT', 47_200)).rejects.toThrow(StartError);
});
