import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';

/** A request as it goes over the wire, or the beginning of one. */
export type Malformed = { what: string; bytes: Buffer };

/** Every address that the app answers, taken from its folders, and those of next-auth and Next. */
export function everyRoute(folder = 'app', at = ''): string[] {
  const here = readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const own = here.some(({ name }) => /^(page\.tsx|route\.ts)$/.test(name)) ? [at || '/'] : [];
  return own.concat(
    here
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => {
        const below = path.join(folder, name);
        if (name.startsWith('(')) return everyRoute(below, at);
        if (name.startsWith('[...')) return AUTH.map((action) => `${at}/${action}`);
        return everyRoute(below, `${at}/${name.startsWith('[') ? 'one' : name}`);
      }),
  );
}

const AUTH = [
  'session',
  'csrf',
  'providers',
  'signin',
  'signin/email',
  'signout',
  'error',
  '_log',
  'callback/email',
  'callback/github',
  'callback/credentials',
  'verify-request',
  'x/y/z',
];

const NEXT = ['/_next/image?url=%2Ficon.svg&w=64&q=75', '/_next/data/x/index.json', '/icon.svg'];

const QUERIES = [
  '',
  '?',
  '?%',
  '?a=%00',
  '?a=%ff%fe',
  `?${'a=b&'.repeat(900)}`,
  '?__proto__[x]=1&a[]=1&a[b]=2',
  '?problem=__proto__',
  '?plan=constructor&interval=toString',
  '?email=%F0%9F%92%A9&token=%0d%0a',
  '?callbackUrl=javascript:alert(1)',
  '?done=%2e%2e%2f&session_id=cs_%27',
  '?_rsc=%00&notice=[',
];

const HEADERS = [
  '',
  'Cookie: ;;;=;%',
  'Cookie: next-auth.session-token=%00',
  'Accept-Language: ,,;q=x,\u00ff',
  'Rsc: 1',
  'Rsc: 1\r\nNext-Router-State-Tree: %7B%5B',
  'Next-Router-Prefetch: 1\r\nRsc: 1',
  'Next-Action: x',
  `Next-Action: ${'0'.repeat(42)}`,
  'Next-Action: __proto__',
  'Next-Url: //[',
  'X-Middleware-Subrequest: proxy:proxy:proxy:proxy:proxy',
  'X-Nextjs-Data: 1',
  'X-Forwarded-Host: evil.example',
  'X-Forwarded-Proto: gopher',
  'X-Forwarded-For: \u00ff,,::1',
  'Origin: null',
  'Origin: ://',
  'Authorization: Bearer',
  'Stripe-Signature: t=1,v1=\u00e9',
  'Range: bytes=9-1',
  'If-None-Match: "',
  'Expect: 100-continue',
  'Accept-Encoding: gzip;q=nan',
  'Upgrade: websocket\r\nConnection: Upgrade',
  `X-Long: ${'x'.repeat(9_000)}`,
];

const BODIES: readonly (readonly [type: string, body: string])[] = [
  ['multipart/form-data', 'x'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="$ACTION_REF_1"\r\n\r\n\r\n--x--\r\n',
  ],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="$ACTION_ID_x"\r\n\r\n\r\n--x--\r\n',
  ],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="$ACTION_1:0"\r\n\r\n{"id":"x","bound":"$@1"}\r\n--x--\r\n',
  ],
  ['application/x-www-form-urlencoded', 'email=%00&csrfToken=%&json=true&a[]=__proto__'],
  ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click&token=%ff'],
  ['application/json', '['.repeat(5_000)],
  ['application/json', '{"__proto__":{"a":1},"email":{"$ne":1},"then":1}'],
  ['text/plain;charset=UTF-8', '["$K1","$F2","$undefined","$Q0","$@0","$W9"]'],
  ['text/plain;charset=UTF-16', '\u00ff\u00fe'],
  ['\u00ff', ''],
];

/** Lines before the headers that are no request line, or one for nothing that we have. */
const STRANGE = [
  'GET  HTTP/1.1',
  'GET / HTTP/9.9',
  'get / http/1.1',
  'GET http://evil.example/ HTTP/1.1',
  'CONNECT evil.example:443 HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'TRACE /billing HTTP/1.1',
  'GET /%ff%fe HTTP/1.1',
  'GET /%2e%2e%2f%2e%2e%2fetc/passwd HTTP/1.1',
  'GET /\\\\x HTTP/1.1',
  'GET /billing%2f%00 HTTP/1.1',
  'GET //// HTTP/1.1',
  'PRI * HTTP/2.0',
  '\u0016\u0003\u0001',
];

/**
 * Requests that nobody's browser sends, to every route in turn: the same ones each time.
 *
 * @param headers those of somebody whom half of them claim to be
 */
export function malformedRequests(count: number, host: string, headers: string): Malformed[] {
  const routes = [...everyRoute(), ...NEXT];
  return Array.from({ length: count }, (_, index) => {
    // Different steps, so that the combinations differ for a long time.
    const pick = <T>(all: readonly T[], step: number): T | undefined =>
      all[Math.floor(index * step) % all.length];
    const route = pick(routes, 1) ?? '/';
    const query = route.includes('?') ? '' : (pick(QUERIES, 1 / 3 + 1) ?? '');
    const [type, body] = pick(BODIES, 1 / 7 + 1) ?? ['', ''];
    const posts = index % 3 > 0;
    const line =
      index % 17 === 0
        ? (pick(STRANGE, 1 / 17) ?? '')
        : `${posts ? 'POST' : pick(['GET', 'HEAD', 'GET', 'OPTIONS'], 1 / 3)} ${route}${query} HTTP/1.1`;
    // Some announce more than they send, and hang up.
    const length = Buffer.byteLength(body, 'latin1') + (index % 23 === 0 ? 10 : 0);
    const content =
      index % 29 === 0
        ? `Transfer-Encoding: chunked\r\n\r\nzz\r\n${body}`
        : `Content-Length: ${length}\r\n\r\n${body}`;
    const head = [
      line,
      `Host: ${index % 31 === 0 ? 'evil.example' : host}`,
      ...(index % 2 ? [headers] : []),
      pick(HEADERS, 1 / 5 + 1) || 'X-A: b',
      'Connection: close',
      ...(posts ? [`Content-Type: ${type}`, content] : ['\r\n']),
    ];
    return {
      what: `${index}: ${head.join(' | ').slice(0, 400)}`,
      bytes: Buffer.from(head.join('\r\n'), 'latin1'),
    };
  });
}

/** Milliseconds. A connection that its client has ended must not stay. */
const PATIENCE = 20_000;

/** @returns the status of the answer; 0 when there is none, 599 when the connection is never closed */
export async function statusOf({ bytes }: Malformed, port: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1').slice(0, 100);
  });
  socket.on('error', () => {});
  let isLeft = false;
  socket.setTimeout(PATIENCE, () => {
    isLeft = true;
    socket.destroy();
  });
  socket.end(bytes);
  await once(socket, 'close');
  if (isLeft) return 599;
  return Number(
    /^HTTP\/1\.1 (\d+)/.exec(answer.replace(/^HTTP\/1\.1 100 .*\r\n\r\n/, ''))?.[1] ?? 0,
  );
}
