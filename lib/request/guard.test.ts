import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requestContext } from './context';
import { guardRequests } from './guard';

let server: Server;
let port: number;
let reached: string[] = [];

beforeAll(async () => {
  guardRequests({ origin: 'https://app.example', insistOnHttps: true, trustedProxies: 0 });
  server = createServer(async (request, response) => {
    reached.push(`${request.method} ${request.url} from ${requestContext()?.address}`);
    request.on('error', () => {}).resume();
    await once(request, 'close');
    if (response.headersSent) return;
    const context = requestContext();
    if (request.url?.startsWith('/broken') && context) context.databaseFailed = true;
    response.setHeader('Content-Length', '5');
    if (request.url?.startsWith('/malformed') && context) context.malformed = true;
    const fails = request.url?.startsWith('/broken') || request.url?.startsWith('/malformed');
    response.writeHead(fails ? 500 : 200);
    response.write('he');
    response.end('llo');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = address && typeof address === 'object' ? address.port : 0;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('lets an ordinary request through, with an ID and the address of the socket', async () => {
  reached = [];
  const reply = await fetch(`http://127.0.0.1:${port}/billing`, {
    headers: { 'x-forwarded-for': '203.0.113.7' },
  });
  expect(await reply.text()).toBe('hello');
  expect(reply.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  expect(reached).toEqual(['GET /billing from 127.0.0.1']);
});

it.each(['TRACE /', 'OPTIONS *', 'PUT /billing', 'PROPFIND /', 'GET http://evil.example/'])(
  'refuses %s before the app sees it',
  async (line) => {
    reached = [];
    expect(await send(`${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 405 /,
    );
    expect(reached).toEqual([]);
  },
);

it('tells browsers to insist on https, on every answer', async () => {
  for (const path of ['/billing', '/api/health', '/broken']) {
    const { headers } = await fetch(`http://127.0.0.1:${port}${path}`);
    expect(headers.get('strict-transport-security'), path).toBe('max-age=63072000');
  }
});

it.each([
  ['https://evil.example', 403],
  ['null', 403],
  ['https://app.example:8443', 403],
  ['https://app.example', 200],
])('answers a form that was sent from %s with %d', async (origin, status) => {
  const form = { method: 'POST', headers: { origin }, body: 'a=b' };
  expect((await fetch(`http://127.0.0.1:${port}/billing`, form)).status).toBe(status);
});

it('answers a form that nobody can read with 400, and says what to do', async () => {
  const reply = await fetch(`http://127.0.0.1:${port}/malformed`);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({
    error: expect.stringContaining('load the page again'),
  });
});

it('refuses a body that announces more than a page takes', async () => {
  reached = [];
  const reply = await fetch(`http://127.0.0.1:${port}/pricing`, {
    method: 'POST',
    body: 'x'.repeat(1_000_001),
  });
  expect(reply.status).toBe(413);
  expect(reached).toEqual([]);
});

it('stops reading a body that never says how long it is', async () => {
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  const reply = await send(
    `POST /api/auth/signin/email HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`,
  );
  expect(reply).toMatch(/^HTTP\/1\.1 413 /);
});

it('gives slow requests a time to arrive in', () => {
  expect(server.headersTimeout).toBeLessThanOrEqual(10_000);
  expect(server.requestTimeout).toBeLessThanOrEqual(30_000);
});

it('answers a page that failed for want of the database with a 503 that explains', async () => {
  const reply = await fetch(`http://127.0.0.1:${port}/broken`, {
    headers: { accept: 'text/html' },
  });
  expect(reply.status).toBe(503);
  expect(reply.headers.get('retry-after')).toBe('5');
  expect(reply.headers.get('cache-control')).toBe('no-store');
  const page = await reply.text();
  expect(page).toContain('Try again');
  expect(page).toContain(reply.headers.get('x-request-id'));
});

it('answers anything but a page with the bare status', async () => {
  const reply = await fetch(`http://127.0.0.1:${port}/broken`);
  expect(reply.status).toBe(503);
  expect(await reply.text()).toBe('hello');
});

/** @returns everything that comes back until the connection ends */
function send(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.on('data', (data) => {
      received += data;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
  });
}
