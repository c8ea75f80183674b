import { createHmac } from 'node:crypto';
import type { DeliveryAttempt } from './delivery';

const LIMIT_MILLISECONDS = 10_000;
const REPLY_KEPT = 2_000;

/**
 * Posts a body to an endpoint, signed at this moment, with one `v1` for each secret.
 * A redirect is not followed. Never throws: the attempt says what went wrong.
 */
export async function sendWebhook(options: {
  url: string;
  body: string;
  secrets: readonly string[];
}): Promise<DeliveryAttempt> {
  const at = Date.now();
  try {
    const response = await fetch(options.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MILLISECONDS),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signatureOf(options.body, options.secrets, at),
      },
      body: options.body,
    });
    const reply = (await response.text()).slice(0, REPLY_KEPT);
    return { at, status: response.status, reply, milliseconds: Date.now() - at };
  } catch (error) {
    return { at, status: null, reply: reasonOf(error), milliseconds: Date.now() - at };
  }
}

function signatureOf(payload: string, secrets: readonly string[], at: number): string {
  const timestamp = Math.floor(at / 1000);
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', secret).update(`${timestamp}.${payload}`);
    return `v1=${hmac.digest('hex')}`;
  });
  return [`t=${timestamp}`, ...signatures].join(',');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `No reply within ${LIMIT_MILLISECONDS / 1000} seconds.`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
