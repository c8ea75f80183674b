import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { withSpan } from '../tracing';

/** Requests a second: below Stripe's 25 in test mode, with room for everything else. */
const USUAL_RATE = 15;
const MAX_TRIES = 8;
const FIRST_WAIT_MILLISECONDS = 1_000;
const LONGEST_WAIT_MILLISECONDS = 32_000;

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;
type Response = Awaited<ReturnType<HttpClient['makeRequest']>>;
type Pace = (send: () => Promise<Response>) => Promise<Response>;

/**
 * Keeps what `work` asks of Stripe below a rate, however many requests it makes at once and however
 * deep in our code. When Stripe still answers 429 (too many requests), all of them wait, longer each
 * time, and the request is sent again.
 *
 * @param options.perSecond requests to Stripe. It allows 25 in test mode and 100 in live mode, for
 *   everything together
 * @param options.signal once it is aborted, no further request is sent: those that wait fail
 */
export function paced<T>(
  { perSecond = USUAL_RATE, signal }: { perSecond?: number; signal?: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  return paces.run(createPace(perSecond, signal), work);
}

/** The HTTP client of Stripe's SDK, obeying {@link paced}. */
export function createPacedHttpClient(): HttpClient {
  const client = Stripe.createNodeHttpClient();
  return {
    getClientName: () => client.getClientName(),
    makeRequest(...request) {
      const send = () => traced(request, () => client.makeRequest(...request));
      return paces.getStore()?.(send) ?? send();
    },
  };
}

/** A span for each request that is sent, with the ID by which Stripe's Dashboard finds it. */
function traced(
  [host, , path, method]: Parameters<HttpClient['makeRequest']>,
  send: () => Promise<Response>,
): Promise<Response> {
  const [pathname = ''] = path.split('?');
  const route = pathname.replace(/\b[a-z]+_\w{8,}/g, ':id');
  const attributes = {
    'server.address': host,
    'http.request.method': method,
    'url.path': pathname,
  };
  return withSpan(`Stripe ${method} ${route}`, { kind: CLIENT, attributes }, async (span) => {
    const response = await send();
    const id = response.getHeaders()['request-id'];
    span?.setAttributes({
      'http.response.status_code': response.getStatusCode(),
      ...(typeof id === 'string' && { 'stripe.request_id': id }),
    });
    return response;
  });
}

/** OpenTelemetry's SpanKind of a request to another service. */
const CLIENT = 2;

const paces = new AsyncLocalStorage<Pace>();

function createPace(perSecond: number, signal: AbortSignal | undefined): Pace {
  /** When the next request may be sent, by a clock that nobody can set back. */
  let free = 0;
  // Every request at once waits for the signal; Node warns of more than ten listeners.
  if (signal) setMaxListeners(0, signal);

  async function turn(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, free);
    free = at + 1_000 / perSecond;
    if (at > now) await sleep(at - now, undefined, { signal });
    signal?.throwIfAborted();
  }

  return async (send) => {
    for (let tries = 1; ; tries++) {
      await turn();
      const response = await send();
      if (response.getStatusCode() !== 429 || tries === MAX_TRIES) return response;
      response.dispose?.();
      const pause = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (tries - 1), LONGEST_WAIT_MILLISECONDS);
      free = Math.max(free, performance.now() + pause * (0.5 + Math.random() / 2));
    }
  };
}
