import { type IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { matchLocale } from '../locale';
import { log } from '../log';
import { callerAddress } from './caller-address';
import { newContext, type RequestContext, withRequestContext } from './context';
import { closeInOrder, isStopping } from './shutdown';
import { unavailablePage } from './unavailable-page';

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

/** In bytes. Just below what Next itself lets a server action read, so that ours is the refusal. */
const LARGEST_BODY = 1_000_000;
/** Sign-in sends an address and a token. */
const LARGEST_SIGN_IN = 16_000;

const HEADERS_MILLISECONDS = 10_000;
const REQUEST_MILLISECONDS = 30_000;

/**
 * Puts every request of this process under our own rules before Next sees it: a time to arrive in, a
 * size, the methods we have, an ID, and the caller's address from the socket. `X-Forwarded-For` as
 * Next passes it on cannot be told from a forged one any more, hence here.
 *
 * To be called once, from instrumentation.ts: Next makes the server, and offers no other way to it.
 *
 * @param options.origin our own: forms of other origins are refused
 * @param options.insistOnHttps whether browsers are told to use nothing else
 * @param options.trustedProxies how many proxies of ours a request passes
 * @param options.drainSeconds how long a process that was told to end still takes requests
 * @param options.allowUpgrades whether connections may become web sockets, as the development server's
 * @param options.headersOfPage makes those of a page that answers a form
 */
export function guardRequests({
  origin,
  insistOnHttps,
  trustedProxies,
  drainSeconds,
  allowUpgrades,
  headersOfPage,
}: GuardOptions): void {
  closeInOrder(drainSeconds);
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (event: string | symbol, ...rest: unknown[]): boolean {
    const pass = (): boolean => Reflect.apply(emit, this, [event, ...rest]);
    if (event === 'connection') limitTimes(this);
    // Next keeps these connections open for ever when it knows nothing of the address.
    if (event === 'upgrade' && !allowUpgrades) return endUpgrade(rest[1]);
    if (event !== 'request') return pass();
    const [request, response] = rest;
    if (!isRequest(request) || !(response instanceof ServerResponse)) return pass();
    const context = newContext(
      callerAddress(
        request.socket.remoteAddress,
        [request.headers['x-forwarded-for'] ?? []].flat().join(','),
        trustedProxies,
      ),
    );
    response.setHeader('X-Request-Id', context.id);
    if (insistOnHttps) response.setHeader('Strict-Transport-Security', TWO_YEARS);
    if (withRequestContext(context, () => refuse(request, response, origin))) return true;
    if (isForm(request)) {
      for (const [name, value] of Object.entries(headersOfPage())) {
        request.headers[name] = value;
        response.setHeader(name, value);
      }
    }
    limitBody(request, response, context);
    answerInsteadOf500(request, response, context);
    endConnectionWith(response);
    return withRequestContext(context, pass);
  };
}

type GuardOptions = {
  origin: string;
  insistOnHttps: boolean;
  trustedProxies: number;
  drainSeconds: number;
  allowUpgrades: boolean;
  headersOfPage: () => Record<string, string>;
};

/** What a browser sends without our scripts, and proxy.ts leaves to us. */
function isForm({ headers, url = '' }: IncomingMessage): boolean {
  const isOurScripts = 'rsc' in headers || 'next-action' in headers;
  return 'content-type' in headers && !isOurScripts && !url.startsWith('/api/');
}

/** @returns true, as for an event that was handled */
function endUpgrade(socket: unknown): true {
  if (socket instanceof Socket) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    socket.destroySoon();
  }
  return true;
}

/** For this host alone: what runs on its subdomains is not ours to decide. */
const TWO_YEARS = 'max-age=63072000';

function isRequest(value: unknown): value is IncomingMessage & { socket: Socket } {
  return typeof value === 'object' && value !== null && 'socket' in value && 'headers' in value;
}

/** Once this process is to end, whoever kept a connection open is to take another instance's. */
function endConnectionWith(response: ServerResponse): void {
  const { writeHead } = response;
  response.writeHead = (...head: unknown[]) => {
    if (isStopping()) response.shouldKeepAlive = false;
    return Reflect.apply(writeHead, response, head);
  };
}

/** For requests that come slowly or never end. */
function limitTimes(server: Server): void {
  server.headersTimeout = HEADERS_MILLISECONDS;
  server.requestTimeout = REQUEST_MILLISECONDS;
}

/** @returns whether the request was answered: it is none of those that we take */
function refuse(request: IncomingMessage, response: ServerResponse, own: string): boolean {
  const { method = '', url = '' } = request;
  const { origin } = request.headers;
  if (!METHODS.includes(method) || !url.startsWith('/')) {
    end(response, 405, 'This method is not supported.', { Allow: METHODS.join(', ') });
  } else if (Number(request.headers['content-length']) > largestBody(url)) {
    end(response, 413, 'The body is too large.', { Connection: 'close' });
  } else if (
    method === 'POST' &&
    origin !== undefined &&
    origin !== own &&
    !url.startsWith('/api/')
  ) {
    end(response, 403, 'Forms of this site can only be sent from its own pages.', {});
  } else return false;
  return true;
}

/** The same for a body that does not say how long it is: counted as it comes. */
function limitBody(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): void {
  const limit = largestBody(request.url ?? '');
  const push = request.push;
  let size = 0;
  request.push = (chunk: unknown, encoding) => {
    if (chunk instanceof Uint8Array) size += chunk.byteLength;
    if (size <= limit) return push.call(request, chunk, encoding);
    context.refused = true;
    end(response, 413, 'The body is too large.', { Connection: 'close' });
    // After the answer, so that whoever sends can read it.
    response.on('finish', () => request.destroy());
    return false;
  };
}

function largestBody(url: string): number {
  if (url.startsWith('/api/auth/')) return LARGEST_SIGN_IN;
  // The webhook's route has a limit of its own and says so in its own words.
  return url.startsWith('/api/webhooks/') ? Number.POSITIVE_INFINITY : LARGEST_BODY;
}

/**
 * Where Next would answer 500 because the database did not answer: 503, with a page that says so. Where
 * it could not read the form that was sent: 400. Set up before Next sees the response, since its compression keeps the functions that it finds.
 */
function answerInsteadOf500(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): void {
  const { writeHead, write, end: finish } = response;
  let page: { headers: Record<string, string>; body: string } | undefined;
  const replaceBy = (instead: typeof page) => {
    page = instead;
    for (const name of ['Content-Encoding', 'Transfer-Encoding', 'ETag', 'Link']) {
      response.removeHeader(name);
    }
    for (const [name, value] of Object.entries(page?.headers ?? {}))
      response.setHeader(name, value);
  };
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || !(context.databaseFailed || context.malformed)) {
      return Reflect.apply(writeHead, response, [status, ...rest]);
    }
    response.setHeader('Cache-Control', 'no-store');
    if (context.malformed) {
      replaceBy(errorBody('This request cannot be read. Please load the page again.'));
      return Reflect.apply(writeHead, response, [400]);
    }
    response.setHeader('Retry-After', '5');
    const wantsPage = request.headers.accept?.includes('text/html') && !request.headers.rsc;
    if (wantsPage)
      replaceBy(
        unavailablePage(
          context.id,
          matchLocale(request.headers['accept-language'] ?? null) ?? 'en',
        ),
      );
    return Reflect.apply(writeHead, response, [503]);
  };
  response.write = (...chunk: unknown[]) =>
    page !== undefined || Reflect.apply(write, response, chunk);
  response.end = (...chunk: unknown[]) =>
    Reflect.apply(finish, response, page ? [page.body] : chunk);
}

function end(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string>,
): void {
  log.info('request refused', { status, reason: text });
  if (response.headersSent) return void response.destroy();
  const error = errorBody(text);
  response.writeHead(status, { ...error.headers, 'Cache-Control': 'no-store', ...headers });
  response.end(error.body);
}

function errorBody(text: string): { headers: Record<string, string>; body: string } {
  const body = `${JSON.stringify({ error: text })}\n`;
  return {
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
    },
    body,
  };
}
