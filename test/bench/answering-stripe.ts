import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** A Stripe that answers at once, so that what is measured is who asks it. */
export interface AnsweringStripe {
  url: string;
  /** Requests answered since the last call. */
  takeCount(): number;
  close(): void;
}

/**
 * Starts a server that answers for each copy of a customer what the emulator answers for the customer
 * that was copied: asked once for each kind of request, and repeated from memory from then on.
 *
 * @param stripeUrl origin of the Stripe emulator
 * @param ids Stripe's ids that are the customer's alone; a copy has the same with its number behind
 */
export async function startAnsweringStripe(
  stripeUrl: string,
  ids: readonly string[],
): Promise<AnsweringStripe> {
  const answers = new Map<string, Promise<Answer>>();
  let count = 0;
  const own = new RegExp(`(${ids.join('|')})`, 'g');
  const copied = new RegExp(`(${ids.join('|')})(_\\d+)`, 'g');

  async function answerTo(request: IncomingMessage): Promise<Answer & { copy: string }> {
    const body = await text(request);
    const asked = `${request.url}\n${body}`;
    const copy = copied.exec(asked)?.[2] ?? '';
    copied.lastIndex = 0;
    const [path = '', sent] = asked.replace(copied, '$1').split('\n');
    // Of what is posted, only whose it is matters: a time in it would make each one new.
    const key = `${request.method} ${path}`;
    const answer = answers.get(key) ?? ask(stripeUrl, request, path, sent);
    answers.set(key, answer);
    return { ...(await answer), copy };
  }

  const server = createServer(async (request, response) => {
    count++;
    const { copy, headers, body } = await answerTo(request);
    response.writeHead(200, headers).end(body.replace(own, `$1${copy}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`,
    takeCount() {
      const taken = count;
      count = 0;
      return taken;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Answer = { headers: Record<string, string>; body: string };

async function ask(
  stripeUrl: string,
  { method, headers }: IncomingMessage,
  path: string,
  body: string | undefined,
): Promise<Answer> {
  const reply = await fetch(stripeUrl + path, {
    method,
    headers: {
      authorization: headers.authorization ?? '',
      'stripe-version': String(headers['stripe-version'] ?? ''),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: body || undefined,
  });
  const answer = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${answer}`);
  return {
    headers: {
      'content-type': 'application/json',
      'request-id': reply.headers.get('request-id') ?? '',
    },
    body: answer,
  };
}
