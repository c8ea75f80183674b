import type { FC } from 'hono/jsx';
import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';
import { SinglePage } from '../shared/hosted-page';

/** What a payment link says when its Checkout is completed, if it says something of its own. */
export function confirmationOf(
  emulator: StripeEmulator,
  world: string,
  session: Stored<'checkout.session'>,
): string | null {
  const link = emulator.run(world, (ctx) => ctx.find('payment_link', session.payment_link ?? ''));
  return link?.after_completion.hosted_confirmation?.custom_message ?? null;
}

/** Where a Checkout ends that leads nowhere else. */
export const ConfirmationPage: FC<{ message: string | null }> = ({ message }) => (
  <SinglePage title="Thanks for your payment">
    <h1>Thanks for your payment</h1>
    <p>{message ?? 'Your payment was successful. You can close this page.'}</p>
  </SinglePage>
);

/** A link that cannot be followed (any more). */
export const InactiveLinkPage: FC<{ message: string }> = ({ message }) => (
  <SinglePage title="This link is not active">
    <h1>This link is not active</h1>
    <p>{message}</p>
  </SinglePage>
);
