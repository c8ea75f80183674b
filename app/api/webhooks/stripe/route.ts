import { logBillingError } from '@/lib/billing/errors';
import { receiveEvent } from '@/lib/billing/webhook/receive';
import { InvalidSignatureError } from '@/lib/billing/webhook/signature';
import { log } from '@/lib/log';
import { BodyTooLargeError, BodyUnfinishedError, readBody } from '@/lib/read-body';

/** In bytes. Most events are a few kilobytes; the largest, with long lists in them, stay below this. */
const LARGEST_EVENT = 1024 * 1024;

/**
 * Receives Stripe's webhooks. 4xx: the request is not from Stripe. 200: the event is recorded and
 * processed. 5xx: Stripe should deliver it again.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const body = await readBody(request, LARGEST_EVENT);
    await receiveEvent(body, request.headers.get('stripe-signature'));
  } catch (error) {
    if (error instanceof BodyTooLargeError) return refuse(413, error);
    // Nobody reads this answer. Stripe sends the event again, as after any delivery that failed.
    if (error instanceof BodyUnfinishedError) return refuse(400, error);
    if (error instanceof InvalidSignatureError) {
      // When these are Stripe's own, the signing secret is the wrong one.
      log.warn('webhook refused', { reason: error.message });
      return refuse(400, error);
    }
    logBillingError(error);
    return Response.json({ error: 'Not processed. Please deliver it again.' }, { status: 500 });
  }
  return Response.json({ received: true });
}

function refuse(status: number, error: Error): Response {
  return Response.json({ error: error.message }, { status });
}
