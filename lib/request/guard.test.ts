import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { afterResponse } from '../after-response';
import { readiness } from '../readiness';
import { requestContext } from './context';
import { guardRequests } from './guard';

let server: Server;
let port: number;
let reached: string[] = [];
/** Answers the request for /slow. */
let held: (() => void) | undefined;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    reached.push(`${request.method} ${request.url} from ${requestContext()?.address}`);
    request.on('error', () => {}).resume();
    await once(request, 'close');
    if (response.headersSent) return;
    const context = requestContext();
    if (request.url?.startsWith('/broken') && context) context.databaseFailed = true;
    response.setHeader('Content-Length', '5');
    if (request.url === '/slow') {
      await new Promise<void>((resolve) => {
        held = resolve;
      });
    }
    if (request.url?.startsWith('/malformed') && context) context.malformed = true;
    const fails = request.url?.startsWith('/broken') || request.url?.startsWith('/malformed');
    response.writeHead(fails ? 500 : 200);
    response.write('he');
    response.end('llo');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // As Next does: it calls us from a server that listens already.
  guardRequests({
    origin: 'https://app.example',
    insistOnHttps: true,
    trustedProxies: 0,
    drainSeconds: 0.2,
    allowUpgrades: false,
    headersOfPage: () => ({ 'x-page': 'as a form has it' }),
  });
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

it('ends a connection that is to become something else', async () => {
  // As Next does, which then leaves it open.
  server.once('upgrade', () => expect.unreachable('the app was asked'));
  const upgrade = 'GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  expect(await send(upgrade)).toMatch(/^HTTP\/1\.1 400 /);
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

it('gives slow requests a time to arrive in', async () => {
  await fetch(`http://127.0.0.1:${port}/`);
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

it.each([
  ['a form', '/billing', {}, 'as a form has it'],
  ['what our scripts send', '/billing', { 'next-action': '1' }, null],
  ['an API', '/api/billing', {}, null],
])('gives the answer to %s the headers that it has to have', async (_, path, headers, expected) => {
  const sent = { method: 'POST', body: 'a=b', headers: { ...headers, 'content-type': FORM } };
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, sent);
  expect(reply.headers.get('x-page')).toBe(expected);
});

it('answers anything but a page with the bare status', async () => {
  const reply = await fetch(`http://127.0.0.1:${port}/broken`);
  expect(reply.status).toBe(503);
  expect(await reply.text()).toBe('hello');
});

it('ends in order: is not ready, takes nothing new, answers what is in progress, then lets the process end', async () => {
  const order: string[] = [];
  afterResponse(async () => {
    await once(server, 'close');
    order.push('what was deferred');
  });
  const answer = send('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => held).toBeTypeOf('function');
  const ended = new Promise<void>((resolve) => {
    server.close(() => {
      order.push('end');
      resolve();
    });
  });
  // For a while it answers, and says that it is not ready.
  expect(await send('GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/ 200 .*Connection: close/s);
  expect(await readiness()).toBe('stopping');
  await expect.poll(() => server.listening).toBe(false);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  held?.();
  expect(await answer).toMatch(/^HTTP\/1\.1 200 .*Connection: close/s);
  await ended;
  expect(order).toEqual(['what was deferred', 'end']);
});

const FORM = 'application/x-www-form-urlencoded';

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
