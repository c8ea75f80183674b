import Stripe from 'stripe';
import { pushEndpoint, webhookUrl } from '@/lib/billing/setup/endpoint';
import { dashboardUrl } from '@/lib/billing/stripe';

/**
 * `npm run billing -- endpoint`: makes Stripe deliver our events to us. The signing secret of a new
 * endpoint is printed, since Stripe tells it only then.
 *
 * @returns the exit code
 */
export async function endpointCommand(typed: string[]): Promise<number> {
  try {
    const pushed = await pushEndpoint();
    if (typed.includes('--json')) console.log(JSON.stringify(pushed));
    else console.log(inWords(pushed));
    return 0;
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) {
      console.error(
        `The key may not make endpoints. Give it Webhook Endpoints: Write for this moment, at ${dashboardUrl('apikeys')}; or use another key, for this once: STRIPE_SECRET_KEY=… npm run billing -- endpoint`,
      );
      return 1;
    }
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    console.error(`Stripe does not take ${webhookUrl()}: ${error.message}`);
    console.error(
      'On your own machine: stripe listen --forward-to localhost:3000/api/webhooks/stripe',
    );
    return 1;
  }
}

function inWords(pushed: Awaited<ReturnType<typeof pushEndpoint>>): string {
  switch (pushed.action) {
    case 'created':
      return `Stripe now sends our events to ${webhookUrl()}. Put this into the app's environment, as it is not shown again:\n\nSTRIPE_WEBHOOK_SECRET=${pushed.secret}`;
    case 'updated':
      return `Endpoint ${pushed.id} is enabled and sends every event that is needed. Its secret is as before.`;
    case 'unchanged':
      return `Nothing to change: endpoint ${pushed.id} sends every event that is needed.`;
  }
}
