import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';
import { answerPayment, answerSetup } from '../../engine/authentication';
import { hostedTarget } from '../../engine/hosted-links';
import { businessName } from '../shared/business';

/** What the holder of a card is asked about. */
export interface Waiting {
  business: string;
  world: string;
  intent: Stored<'payment_intent'> | Stored<'setup_intent'>;
}

/** The payment or setup that a page's token stands for, whatever its state. */
export function findWaiting(emulator: StripeEmulator, token: string): Waiting | undefined {
  const target = hostedTarget(emulator.core, token);
  if (!target) return undefined;
  const { id, world } = target;
  return emulator.run(world, (ctx) => {
    const intent = ctx.find('payment_intent', id) ?? ctx.find('setup_intent', id);
    return intent && { business: businessName(ctx, intent.on_behalf_of), intent, world };
  });
}

/** Passes the holder's answer on. @throws StripeError 402 when the card is declined after all */
export function answer(
  emulator: StripeEmulator,
  { intent, world }: Waiting,
  succeeded: boolean,
): void {
  emulator.run(world, (ctx) =>
    intent.object === 'setup_intent'
      ? answerSetup(ctx, intent, succeeded)
      : answerPayment(ctx, intent, succeeded),
  );
}
