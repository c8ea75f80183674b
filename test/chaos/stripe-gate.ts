import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import type { StripeTrouble } from './happenings';

export interface StripeGate {
  /** The address of Stripe's API through the gate. */
  url: string;
  /** Trouble for the next request in whose address `marker` occurs. */
  arm(marker: string, trouble: StripeTrouble): void;
  /** Every request is answered with 500, until it is disarmed. */
  breakDown(): void;
  /** Forgets what was planned and has not happened yet. */
  disarm(): void;
  /** Lets everything go on that is held. */
  release(): void;
  /** When something last went through, by performance.now(). */
  readonly lastActivity: number;
  /** Requests that are being answered, apart from those that are held. */
  readonly underWay: number;
  /** Whether an answer is held up. */
  readonly isHolding: boolean;
  close(): Promise<void>;
}

const LATE_MILLISECONDS = 20;

/**
 * An HTTP server in front of the Stripe stand-in, in the same process.
 *
 * @param options.page what a list has at most on a page, however many were asked for
 * @param options.onTrouble is told when planned trouble happens
 */
export async function openStripeGate(
  stripe: Hono,
  { page, onTrouble }: { page: number; onTrouble: (trouble: StripeTrouble) => void },
): Promise<StripeGate> {
  const plans: { marker: string; trouble: StripeTrouble }[] = [];
  let held: (() => void)[] = [];
  let lastActivity = 0;
  let underWay = 0;
  let isDown = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    underWay++;
    lastActivity = performance.now();
    const address = decodeURIComponent(request.url ?? '');
    const plan = plans.find(({ marker }) => address.includes(marker));
    if (plan) plans.splice(plans.indexOf(plan), 1);
    const trouble = isDown ? '500' : plan?.trouble;
    if (trouble) onTrouble(trouble);
    const finish = await troubled(request, response, trouble);
    if (trouble === 'hold') held.push(finish);
    else if (trouble === 'late') setTimeout(finish, LATE_MILLISECONDS);
    else finish();
    underWay--;
    lastActivity = performance.now();
  }

  async function troubled(
    request: IncomingMessage,
    response: ServerResponse,
    trouble: StripeTrouble | undefined,
  ): Promise<() => void> {
    if (trouble === 'cut') return () => response.destroy();
    if (trouble === '429' || trouble === '500') return () => refuse(response, Number(trouble));
    const path = request.url?.replace(/\blimit=\d+/, `limit=${page}`);
    const reply = await stripe.request(`http://stripe${path}`, {
      method: request.method,
      headers: headersOf(request),
      body: request.method === 'GET' ? undefined : await bodyOf(request),
    });
    const body = Buffer.from(await reply.arrayBuffer());
    if (trouble === 'cut-answer') return () => response.destroy();
    const { 'content-length': _, ...headers } = Object.fromEntries(reply.headers);
    response.writeHead(reply.status, headers);
    const stop = trouble === 'hold' ? keepWaiting(response) : () => {};
    return () => {
      lastActivity = performance.now();
      stop();
      response.end(body);
    };
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`,
    arm: (marker, trouble) => plans.push({ marker, trouble }),
    breakDown() {
      isDown = true;
    },
    disarm() {
      isDown = false;
      plans.length = 0;
    },
    release() {
      const waiting = held;
      held = [];
      for (const finish of waiting) finish();
    },
    get lastActivity() {
      return lastActivity;
    },
    get underWay() {
      return underWay;
    },
    get isHolding() {
      return held.length > 0;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Spaces before the JSON, so that nobody gives up waiting, however slow this machine is. */
function keepWaiting(response: ServerResponse): () => void {
  response.write(' ');
  const timer = setInterval(() => response.write(' '), 500);
  const stop = () => clearInterval(timer);
  response.on('close', stop);
  return stop;
}

/** As Stripe refuses; the SDK is told not to try again by itself, which would only take time. */
function refuse(response: ServerResponse, status: number): void {
  const type = status === 429 ? 'invalid_request_error' : 'api_error';
  response
    .writeHead(status, { 'content-type': 'application/json', 'stripe-should-retry': 'false' })
    .end(JSON.stringify({ error: { type, message: 'Trouble on purpose.' } }));
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
