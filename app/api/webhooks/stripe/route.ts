import { logBillingError } from '@/lib/billing/errors';
import { receiveEvent } from '@/lib/billing/webhook/receive';
import { InvalidSignatureError } from '@/lib/billing/webhook/signature';
import { BodyTooLargeError, readBody } from '@/lib/read-body';

/** Stripe's events are a few kilobytes; the largest ones, with long lists in them, are under 1 MB. */
const LARGEST_EVENT = 1024 * 1024;

/**
 * Where Stripe delivers its events. 4xx is only for what is not Stripe's; 200 says that the event is
 * stored with its effect; 5xx asks for another try.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const body = await readBody(request, LARGEST_EVENT);
    await receiveEvent(body, request.headers.get('stripe-signature'));
  } catch (error) {
    if (error instanceof BodyTooLargeError) return refuse(413, error);
    if (error instanceof InvalidSignatureError) return refuse(400, error);
    logBillingError(error);
    return Response.json({ error: 'Not processed. Please deliver it again.' }, { status: 500 });
  }
  return Response.json({ received: true });
}

function refuse(status: number, error: Error): Response {
  return Response.json({ error: error.message }, { status });
}
