import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';

export interface HttpServer {
  origin: string;
  /** The routes to serve. */
  app: Hono;
  /** Starts serving `app`; until then every request gets a 503. */
  open(): void;
  close(): void;
}

/**
 * Listens on 127.0.0.1 at once, because the stand-ins need to know their origin before their routes can
 * be built.
 *
 * @param port where it listens; 0 picks any free port
 */
export async function startHttpServer(port: number): Promise<HttpServer> {
  const app = new Hono();
  app.use('/_emulator/*', refuseCrossSite);
  let listener: RequestListener = (_, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end('Starting …');
  };
  const server = createServer((request, response) => listener(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    origin: `http://localhost:${address && typeof address === 'object' ? address.port : port}`,
    app,
    open() {
      listener = getRequestListener(app.fetch);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Any page open in a browser can post to loopback. Programs do not send this header. */
const refuseCrossSite: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  if (c.req.method !== 'GET' && site && site !== 'same-origin') {
    return c.text('Requests from pages of other sites are refused.', 403);
  }
  return next();
};
