import { StripeError } from '../../core/errors';
import type { Stored } from '../../core/tables';
import type { StripeEmulator } from '../../emulator';
import { completeCheckoutSession } from '../../engine/checkout';
import { type CardErrors, parseCard } from '../shared/card-input';
import { createMethod } from '../shared/create-method';
import { needsAuthentication } from '../shared/needs-authentication';
import type { PostedForm } from '../shared/posted-form';
import { NOT_AUTHENTICATED } from '../shared/wording';
import { type Order, readOrder } from './order';
import { type Payer, type PayerErrors, readPayer } from './payer';

/** What became of a try to complete a session. */
export type Outcome =
  | { kind: 'completed'; session: Stored<'checkout.session'> }
  | { kind: 'authenticate'; method: string }
  | {
      kind: 'refused';
      problem?: string;
      errors?: CardErrors;
      payerErrors?: PayerErrors;
      /** The order as it is now, when what was filled in changes it. */
      order?: Order;
    };

/** Takes what was filled in. Nothing has happened unless the outcome is `completed`. */
export function pay(emulator: StripeEmulator, order: Order, form: PostedForm): Outcome {
  if (form.text('authentication') === 'fail') {
    return { kind: 'refused', problem: NOT_AUTHENTICATED };
  }
  const read = readPayer(order, form);
  if ('errors' in read) return { kind: 'refused', payerErrors: read.errors };
  const taxed = taxedOrder(emulator, order, read.payer);
  if (taxed.quote.amount_total !== order.quote.amount_total) {
    const problem =
      'The tax for your address has been calculated. Check the new total, and confirm it.';
    return { kind: 'refused', problem, order: taxed };
  }
  try {
    const chosen = chooseMethod(emulator, order, form, read.payer.email);
    if ('errors' in chosen) return { kind: 'refused', errors: chosen.errors };
    return complete(emulator, order, form, read.payer, chosen.method);
  } catch (error) {
    if (error instanceof StripeError) return { kind: 'refused', problem: error.message };
    throw error;
  }
}

/** The order with the tax for the address that was filled in: nobody pays a sum they have not seen. */
function taxedOrder(emulator: StripeEmulator, order: Order, { address }: Payer): Order {
  const { choice, customer, formats, session, world } = order;
  if (!session.automatic_tax.enabled || !address) return order;
  return emulator.run(world, (ctx) =>
    readOrder(ctx.onClockOf(customer), session, formats, { ...choice, address }),
  );
}

function complete(
  emulator: StripeEmulator,
  { choice, session, world }: Order,
  form: PostedForm,
  payer: Payer,
  method: string | undefined,
): Outcome {
  try {
    const completed = emulator.run(world, (ctx) =>
      completeCheckoutSession(ctx, session.id, {
        ...payer,
        paymentMethod: method,
        authenticated: form.text('authentication') === 'complete',
        promotionCode: choice.code || undefined,
        quantities: choice.quantities,
      }),
    );
    return { kind: 'completed', session: completed };
  } catch (error) {
    if (method && needsAuthentication(error)) return { kind: 'authenticate', method };
    throw error;
  }
}

/** A saved card, the card that was just authenticated, or a new one made of what was typed. */
function chooseMethod(
  emulator: StripeEmulator,
  order: Order,
  form: PostedForm,
  email: string,
): { method: string | undefined } | { errors: CardErrors } {
  if (!order.needsCard) return { method: undefined };
  const chosen = form.text('payment_method');
  if (chosen !== '' && chosen !== 'new') return { method: chosen };
  const now = emulator.run(order.world, (ctx) => ctx.onClockOf(order.customer).now);
  const typed = parseCard(form, now);
  if ('errors' in typed) return typed;
  return { method: createMethod(emulator, order.world, typed.card, email) };
}
