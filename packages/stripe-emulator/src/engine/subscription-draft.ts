import { nextAnchor, type Period } from '../core/calendar';
import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { defaultMethodOf } from './attach-payment-method';
import { resolveCancelAt } from './cancel-time';
import { refuseOtherCurrency } from './currency-lock';
import { redeemDiscounts } from './discounts';
import { itemAmount, pricePeriod } from './items';
import type { Customer, Price, Subscription, SubscriptionItem } from './objects';
import { isNew } from './payer';
import { refuseContradictions } from './subscription-checks';
import { plainFields, sendsInvoices } from './subscription-fields';
import type { SubscriptionInput } from './subscription-input';
import { changedItems, type ItemInput } from './subscription-items';
import { newSubscription } from './subscription-object';
import { taxRatesOf } from './tax-rates';
import { firstTrial } from './trial';

/**
 * The subscription a request asks for, before its first invoice; nothing is written yet but redeemed
 * discounts and inline prices.
 *
 * @param options the Checkout session it completes, and the discounts that were redeemed there
 * @throws StripeError for what makes no sense
 */
export function draftSubscription(
  ctx: Context,
  customer: Customer,
  input: SubscriptionInput,
  options: { session?: string; discounts?: string[]; isScheduled?: boolean } = {},
): Subscription {
  refuseContradictions(input);
  refuseFutureStart(ctx, input);
  const inputs = input.items ?? [];
  if (inputs.length === 0) {
    throw invalidRequest('Missing required param: items.', 'items', 'parameter_missing');
  }
  const currency = currencyOf(ctx, inputs, input.currency);
  refuseOtherCurrency(ctx, customer, currency, 'currency', options.session);
  const method = defaultMethodOf(ctx, customer, input);
  if (input.on_behalf_of) ctx.get('account', input.on_behalf_of, 'on_behalf_of');
  const id = newId('sub');
  const trial = firstTrial(ctx, input);
  const anchor = trial?.end ?? anchorOf(ctx, input);
  const owner = { customer, subscription: id, isFirstPurchase: isNew(ctx, customer), currency };
  const mode = input.billing_mode?.type ?? 'flexible';
  const items = changedItems(ctx, [], inputs, {
    subscription: id,
    currency,
    isFlexible: mode === 'flexible',
    owner,
    periodOf: (price) => trial ?? firstPeriod(ctx, price, anchor),
  });
  const isActive = options.isScheduled || startsActive(ctx, input, items);
  const draft = newSubscription({
    ...plainFields(input),
    default_payment_method: method,
    id,
    created: ctx.now,
    start_date: input.backdate_start_date ?? ctx.now,
    livemode: ctx.livemode,
    customer,
    currency,
    billing_cycle_anchor: anchor,
    items,
    status: trial ? 'trialing' : isActive ? 'active' : 'incomplete',
    trial,
  });
  const amount = items.reduce((sum, item) => sum + itemAmount(ctx, item), 0);
  const discounts =
    options.discounts ?? redeemDiscounts(ctx, input.discounts ?? [], { ...owner, amount });
  const default_tax_rates = taxRatesOf(ctx, input.default_tax_rates, 'default_tax_rates');
  return { ...draft, default_tax_rates, discounts, ...resolveCancelAt(ctx, draft, input) };
}

/** Nothing has to be paid for it to begin: it is free, or paid by invoice later. */
function startsActive(ctx: Context, input: SubscriptionInput, items: SubscriptionItem[]): boolean {
  const isFree = items.every((item) => itemAmount(ctx, item) === 0) && !input.add_invoice_items;
  return isFree || sendsInvoices(input);
}

function currencyOf(ctx: Context, inputs: ItemInput[], asked: string | undefined): string {
  if (asked) return asked.toLowerCase();
  const [first] = inputs;
  const price = ctx.find('price', first?.price ?? first?.plan ?? '');
  return price?.currency ?? first?.price_data?.currency.toLowerCase() ?? 'usd';
}

function refuseFutureStart(ctx: Context, { backdate_start_date: start }: SubscriptionInput): void {
  if (start === undefined || start <= ctx.now) return;
  throw invalidRequest('`backdate_start_date` must be in the past.', 'backdate_start_date');
}

function anchorOf(ctx: Context, input: SubscriptionInput): number {
  if (input.billing_cycle_anchor_config) {
    return nextAnchor(input.billing_cycle_anchor_config, ctx.now);
  }
  if (input.billing_cycle_anchor === undefined) return input.backdate_start_date ?? ctx.now;
  if (input.billing_cycle_anchor >= ctx.now) return input.billing_cycle_anchor;
  throw invalidRequest(
    'You cannot set `billing_cycle_anchor` to a time in the past.',
    'billing_cycle_anchor',
  );
}

function firstPeriod(ctx: Context, price: Price, anchor: number): Period {
  const { start, end } = pricePeriod(price, anchor, ctx.now);
  if (anchor > ctx.now && start < ctx.now && anchor > end) {
    throw invalidRequest(
      '`billing_cycle_anchor` cannot be later than next natural billing date for the price.',
      'billing_cycle_anchor',
    );
  }
  return { start: anchor > ctx.now ? ctx.now : start, end };
}
