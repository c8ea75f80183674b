import { z } from 'zod';
import type { StripeEmulator } from '../../emulator';
import type { CardInput } from './card-input';

const created = z.object({ id: z.string() });

/**
 * Makes a payment method of a card as typed, belonging to nobody yet, and gives its id. The number
 * ends here. @throws StripeError as the API refuses the card
 */
export function createMethod(
  emulator: StripeEmulator,
  world: string,
  card: CardInput,
  email: string | null,
): string {
  const { number, exp_month, exp_year, cvc, name } = card;
  const reply = emulator.call(world, 'POST', '/v1/payment_methods', {
    type: 'card',
    card: { number, exp_month, exp_year, cvc },
    billing_details: { name, email: email ?? undefined },
  });
  return created.parse(reply).id;
}
