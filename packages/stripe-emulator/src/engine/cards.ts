import type { Context } from '../core/context';
import { BLOCKED, type Decline, declineOf } from './declines';
import type { PaymentMethod } from './objects';
import { type CardCheck, cardByFingerprint, type TestCard, testToken } from './test-cards';

/** How a stored card behaves when it is charged. */
export function cardOf(ctx: Context, method: PaymentMethod): TestCard {
  const token = ctx.find('_card', method.id)?.token;
  return (token && testToken(token)?.card) || cardByFingerprint(method.card?.fingerprint);
}

/** Why a charge fails, or `undefined` when it succeeds. */
export function declineFor(ctx: Context, method: PaymentMethod): Decline | undefined {
  const card = cardOf(ctx, method);
  if (card.risk === 'highest') return BLOCKED;
  if (card.decline) return declineOf(card.decline);
  return setupDeclineFor(ctx, method);
}

/** Why a card is refused already when it is attached or set up, or `undefined` when it is not. */
export function setupDeclineFor(ctx: Context, method: PaymentMethod): Decline | undefined {
  const card = cardOf(ctx, method);
  if (card.declinesSetup && card.decline) return declineOf(card.decline);
  const failsCvc = card.checks?.cvc_check === 'fail' && method.card?.checks?.cvc_check;
  return failsCvc ? declineOf('incorrect_cvc') : undefined;
}

/** What the bank says of the details that a card was given with; what was not given is not checked. */
export function checksOf(ctx: Context, method: PaymentMethod): Record<CardCheck, string | null> {
  const given = method.card?.checks;
  const { checks = {} } = cardOf(ctx, method);
  const check = (name: CardCheck) => (given?.[name] ? (checks[name] ?? 'pass') : null);
  return {
    address_line1_check: check('address_line1_check'),
    address_postal_code_check: check('address_postal_code_check'),
    cvc_check: check('cvc_check'),
  };
}

/** Whether a card has to be authenticated by its holder before it can be charged off session. */
export function needsSetup(ctx: Context, method: PaymentMethod): boolean {
  const { authentication, threeDSecure } = cardOf(ctx, method);
  if (threeDSecure === 'frictionless' || threeDSecure === 'error') return false;
  return (
    authentication === 'always' || (authentication === 'unless_set_up' && !isSetUp(ctx, method))
  );
}

/** Remembers that a card's holder agreed to later payments, which is enough for some cards forever. */
export function markSetUp(ctx: Context, method: PaymentMethod): void {
  ctx.world._authenticated.put({ id: method.id });
}

export function isSetUp(ctx: Context, method: PaymentMethod): boolean {
  return ctx.find('_authenticated', method.id) !== undefined;
}
