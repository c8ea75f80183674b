import type { Context } from '../../core/context';
import { StripeError } from '../../core/errors';
import type { Stored } from '../../core/tables';
import { checkPromotionCode } from '../../engine/discounts';
import { wholeNumber } from '../shared/posted-form';
import { type OfferedPrice, planOffer } from './plan-offer';
import { subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

/** A change of plan as somebody chose it, checked against the configuration. */
export interface PlanChange {
  subscription: Stored<'subscription'>;
  item: Stored<'subscription_item'>;
  offered: OfferedPrice;
  quantity: number;
  /** Discounts to put beside those the subscription has. */
  discounts: { coupon?: string; promotion_code?: string }[];
}

/** How a change is asked for: in the confirmation page's address, or by the session's flow. */
export interface ChangeQuery {
  price?: string;
  quantity?: string;
  code?: string;
}

/**
 * @returns the change, or a sentence on what is wrong with the choice
 * @throws StripeError when the subscription cannot be changed here
 */
export function readChange(
  ctx: Context,
  visit: Visit,
  id: string,
  asked: ChangeQuery,
): PlanChange | string {
  const subscription = subscriptionFor(ctx, visit, id, 'update');
  const fromFlow = flowChange(visit, id);
  const query = fromFlow ?? asked;
  const [item] = subscription.items.data;
  if (!item) return 'This subscription has nothing to change.';
  const offer = planOffer(ctx, visit, subscription);
  const wanted = query.price ?? item.price.id;
  const offered = offer.prices.find(({ price }) => price.id === wanted);
  if (!offered) return 'Choose one of the plans.';
  const present = item.quantity ?? 1;
  const quantity = chosenQuantity(offered, query.quantity, present, fromFlow !== undefined);
  if (quantity === undefined) return quantityProblem(visit, offered);
  const discounts = fromFlow?.discounts ?? [];
  if (query.code && offer.takesCode) {
    const found = findCode(ctx, visit, subscription, query.code);
    if (typeof found === 'string') return found;
    discounts.push({ promotion_code: found.id });
  }
  const isSame = offered.price.id === item.price.id && quantity === present;
  if (isSame && discounts.length === 0) return 'This is what you have already.';
  return { subscription, item, offered, quantity, discounts };
}

/** What a session that goes straight to the confirmation asks for. */
function flowChange({ flow }: Visit, id: string) {
  const confirm = flow?.subscription_update_confirm;
  if (confirm?.subscription !== id) return undefined;
  const [item] = confirm.items;
  return {
    price: item?.price ?? undefined,
    quantity: item?.quantity === undefined ? undefined : String(item.quantity),
    code: undefined,
    discounts: (confirm.discounts ?? []).map(({ coupon, promotion_code }) => ({
      ...(coupon && { coupon }),
      ...(promotion_code && { promotion_code }),
    })),
  };
}

function chosenQuantity(
  { quantity }: OfferedPrice,
  text: string | undefined,
  present: number,
  isFromFlow: boolean,
): number | undefined {
  if (text === undefined || text === '') return present;
  if (!quantity) return isFromFlow ? wholeNumber(text, 1, 999_999) : present;
  return wholeNumber(text, quantity.min, quantity.max);
}

function quantityProblem({ formats }: Visit, { quantity }: OfferedPrice): string {
  if (!quantity) return 'The quantity must be a whole number.';
  const [min, max] = [formats.number(quantity.min), formats.number(quantity.max)];
  return `The quantity must be a whole number from ${min} to ${max}.`;
}

function findCode(
  ctx: Context,
  visit: Visit,
  subscription: Stored<'subscription'>,
  text: string,
): Stored<'promotion_code'> | string {
  for (const code of ctx.by('promotion_code', 'code', text.toLowerCase())) {
    if (!code.active) continue;
    try {
      const owner = { customer: visit.customer, isFirstPurchase: false };
      checkPromotionCode(ctx, code, { ...owner, currency: subscription.currency }, 'code');
      return code;
    } catch (error) {
      if (error instanceof StripeError) return error.message;
      throw error;
    }
  }
  return 'This promotion code is not valid.';
}
