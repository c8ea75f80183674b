import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createStripe, type StripeHandle } from './create-stripe';
import { readOptions, type StartOptions } from './options';

/**
 * Starts an emulator that listens on a port of this machine.
 * @throws OptionError for an option that cannot be used, and Error when the port or the state's folder
 * is of no use
 */
export async function startStripe(options: StartOptions = {}): Promise<StripeHandle> {
  const { port, host } = readOptions(options);
  // The port is taken first: the address of the hosted pages has it in it.
  let answer: RequestListener = (_, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end('Starting …');
  };
  const server = createServer((request, response) => answer(request, response));
  const url = `http://${nameOf(host)}:${await listen(server, port, host)}`;
  const { port: _port, host: _host, ...rest } = options;
  try {
    const { fetch, ...stripe } = await createStripe({ ...rest, url });
    answer = getRequestListener(fetch);
    return {
      ...stripe,
      async close() {
        await closeServer(server);
        await stripe.close();
      },
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

/** @returns the port it listens on */
async function listen(server: Server, port: number, host: string): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new Error(
      code === 'EADDRINUSE'
        ? `Port ${port} of ${host} is in use. Choose another one, or 0 for any that is free.`
        : `It cannot listen on port ${port} of ${host}: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

/** What to call the machine: addresses that stand for all of them, and loopback, are localhost. */
function nameOf(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
