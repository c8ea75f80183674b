import { logBillingError } from '@/lib/billing/errors';
import { InvalidSignatureError, receiveEvent } from '@/lib/billing/webhook';

/** Where Stripe delivers its events. 400 is only for what is not Stripe's; 5xx asks for another try. */
export async function POST(request: Request): Promise<Response> {
  try {
    await receiveEvent(await request.text(), request.headers.get('stripe-signature'));
  } catch (error) {
    if (error instanceof InvalidSignatureError) {
      return Response.json({ error: error.message }, { status: 400 });
    }
    logBillingError(error);
    return Response.json({ error: 'Not processed. Please deliver it again.' }, { status: 500 });
  }
  return Response.json({ received: true });
}
