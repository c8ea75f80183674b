import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { mergeMetadata } from '../core/metadata';
import { exclusive } from '../core/params';
import { nextAnchor, type Period } from './calendar';
import { resolveCancelAt } from './cancel-time';
import { type DiscountOwner, redeemDiscounts } from './discounts';
import { itemAmount, pricePeriod } from './items';
import type { Customer, Price, Subscription, SubscriptionItem } from './objects';
import type { SubscriptionInput } from './subscription-input';
import { changedItems, type ItemInput } from './subscription-items';
import { newSubscription } from './subscription-object';
import { firstTrial } from './trial';

/**
 * The subscription a request asks for, before its first invoice; nothing is written yet but redeemed
 * discounts and inline prices.
 *
 * @param redeemed discounts that were redeemed before, in place of the request's
 * @throws StripeError for what makes no sense
 */
export function draftSubscription(
  ctx: Context,
  customer: Customer,
  input: SubscriptionInput,
  redeemed?: string[],
): Subscription {
  refuseContradictions(input);
  const inputs = input.items ?? [];
  if (inputs.length === 0) {
    throw invalidRequest('Missing required param: items.', 'items', 'parameter_missing');
  }
  const currency = currencyOf(ctx, inputs, input.currency);
  refuseOtherCurrency(customer, currency);
  refuseForeignMethod(ctx, customer, input.default_payment_method);
  const id = newId('sub_1', 23);
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
  const draft = newSubscription({
    ...plainFields(input),
    id,
    created: ctx.now,
    start_date: input.backdate_start_date ?? ctx.now,
    livemode: ctx.livemode,
    customer,
    currency,
    billing_cycle_anchor: anchor,
    items,
    status: trial ? 'trialing' : startsActive(ctx, input, items) ? 'active' : 'incomplete',
    trial,
  });
  const discounts = redeemed ?? discountsOf(ctx, input, owner);
  return { ...draft, discounts, ...resolveCancelAt(ctx, draft, input) };
}

/** Whether a customer has never paid anything, which some promotion codes ask for. */
export function isNew(ctx: Context, customer: Customer): boolean {
  for (const invoice of ctx.by('invoice', 'customer', customer.id)) {
    if (invoice.status === 'paid' && invoice.amount_paid > 0) return false;
  }
  return true;
}

/** @throws StripeError for a payment method that is not this customer's */
export function refuseForeignMethod(
  ctx: Context,
  customer: Customer,
  method: string | null | undefined,
  param = 'default_payment_method',
): void {
  if (!method) return;
  if (ctx.get('payment_method', method, param).customer === customer.id) return;
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
    param,
    'resource_missing',
  );
}

function plainFields(input: SubscriptionInput) {
  const end = input.trial_settings?.end_behavior;
  return {
    automatic_tax: automaticTax(input),
    billing_mode: billingMode(input),
    billing_cycle_anchor_config: anchorConfig(input),
    collection_method: input.collection_method ?? ('charge_automatically' as const),
    days_until_due: sendsInvoices(input) ? (input.days_until_due ?? null) : null,
    default_payment_method: input.default_payment_method ?? null,
    description: input.description ?? null,
    metadata: mergeMetadata({}, input.metadata),
    on_behalf_of: input.on_behalf_of ?? null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: input.payment_settings?.save_default_payment_method ?? 'off',
    },
    pending_invoice_item_interval: pendingInterval(input),
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: input.invoice_settings?.description ?? null,
      footer: input.invoice_settings?.footer ?? null,
      issuer: { type: 'self' as const },
    },
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: end?.billing_cycle_anchor ?? null,
        missing_payment_method: end?.missing_payment_method ?? ('create_invoice' as const),
      },
    },
  };
}

/** How often pending items are billed apart from renewals, if they are. */
export function pendingInterval(
  input: Pick<SubscriptionInput, 'pending_invoice_item_interval'>,
): Subscription['pending_invoice_item_interval'] {
  const given = input.pending_invoice_item_interval;
  return given ? { interval: given.interval, interval_count: given.interval_count ?? 1 } : null;
}

/** Nothing has to be paid for it to begin: it is free, or paid by invoice later. */
function startsActive(ctx: Context, input: SubscriptionInput, items: SubscriptionItem[]): boolean {
  const isFree = items.every((item) => itemAmount(ctx, item) === 0) && !input.add_invoice_items;
  return isFree || sendsInvoices(input);
}

/** No tax is calculated; what was asked for is shown. */
export function automaticTax(input: Pick<SubscriptionInput, 'automatic_tax'>) {
  const enabled = input.automatic_tax?.enabled ?? false;
  return { disabled_reason: null, enabled, liability: enabled ? { type: 'self' as const } : null };
}

function sendsInvoices(input: SubscriptionInput): boolean {
  return input.collection_method === 'send_invoice';
}

function refuseContradictions(input: SubscriptionInput): void {
  exclusive(input, 'trial_end', 'trial_period_days');
  exclusive(input, 'billing_cycle_anchor', 'billing_cycle_anchor_config');
  if (input.cancel_at && input.cancel_at_period_end) {
    throw invalidRequest(
      'You may only specify one of these parameters: cancel_at, cancel_at_period_end.',
      'cancel_at',
    );
  }
  if (input.days_until_due !== undefined && !sendsInvoices(input)) {
    throw invalidRequest(
      'You can only specify `days_until_due` if `collection_method` is set to `send_invoice`.',
      'days_until_due',
    );
  }
  if (sendsInvoices(input) && input.days_until_due === undefined) {
    throw invalidRequest(
      'You must specify `days_until_due` if `collection_method` is set to `send_invoice`.',
      'days_until_due',
      'parameter_missing',
    );
  }
}

function currencyOf(ctx: Context, inputs: ItemInput[], asked: string | undefined): string {
  if (asked) return asked.toLowerCase();
  const [first] = inputs;
  const price = ctx.find('price', first?.price ?? first?.plan ?? '');
  return price?.currency ?? first?.price_data?.currency.toLowerCase() ?? 'usd';
}

function refuseOtherCurrency(customer: Customer, currency: string): void {
  if (!customer.currency || customer.currency === currency) return;
  throw invalidRequest(
    `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${customer.currency}.`,
    'currency',
  );
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

function billingMode(input: SubscriptionInput): Subscription['billing_mode'] {
  if (input.billing_mode?.type === 'classic') return { flexible: null, type: 'classic' };
  const shown = input.billing_mode?.flexible?.proration_discounts ?? 'included';
  return { flexible: { proration_discounts: shown }, type: 'flexible' };
}

function anchorConfig(input: SubscriptionInput): Subscription['billing_cycle_anchor_config'] {
  const config = input.billing_cycle_anchor_config;
  if (!config) return null;
  return {
    day_of_month: config.day_of_month,
    hour: config.hour ?? null,
    minute: config.minute ?? null,
    month: config.month ?? null,
    second: config.second ?? null,
  };
}

function discountsOf(ctx: Context, input: SubscriptionInput, owner: DiscountOwner): string[] {
  return redeemDiscounts(ctx, input.discounts ?? [], owner);
}
