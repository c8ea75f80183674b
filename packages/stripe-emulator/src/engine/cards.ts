import type { Context } from '../core/context';
import type { PaymentMethod } from './objects';
import { cardByFingerprint, numberOfToken, type TestCard, testCard } from './test-cards';

/** How a stored card behaves when it is charged. */
export function cardOf(ctx: Context, method: PaymentMethod): TestCard {
  const token = ctx.find('_card', method.id)?.token;
  const number = token && numberOfToken(token);
  return (number && testCard(number)) || cardByFingerprint(method.card?.fingerprint);
}

/** Whether charging a card asks its holder to authenticate first. */
export function asksForAuthentication(ctx: Context, method: PaymentMethod): boolean {
  const { authentication } = cardOf(ctx, method);
  if (authentication === 'always') return true;
  return authentication === 'once' && !ctx.find('_authenticated', method.id);
}

/** Remembers that a card's holder authenticated it, which is enough for some cards for ever. */
export function markAuthenticated(ctx: Context, method: PaymentMethod): void {
  ctx.world._authenticated.put({ id: method.id });
}
