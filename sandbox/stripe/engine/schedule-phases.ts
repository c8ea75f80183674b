import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { type MetadataChange, mergeMetadata } from '../core/metadata';
import { defaultMethodOf } from './attach-payment-method';
import { addIntervals, boundary } from './calendar';
import type { DiscountChoice } from './discounts';
import { recurrenceOf } from './items';
import type { Customer, Subscription, SubscriptionSchedule } from './objects';
import { recurringPrice } from './recurring-price';
import type { ItemInput } from './subscription-items';

export type Phase = SubscriptionSchedule['phases'][number];

/** One phase as a request gives it. */
export interface PhaseInput {
  billing_cycle_anchor?: 'automatic' | 'phase_start';
  collection_method?: 'charge_automatically' | 'send_invoice';
  currency?: string;
  default_payment_method?: string;
  description?: string | null;
  discounts?: DiscountChoice[] | null;
  duration?: { interval: string; interval_count?: number };
  end_date?: number | 'now';
  items: ItemInput[];
  metadata?: MetadataChange;
  proration_behavior?: 'always_invoice' | 'create_prorations' | 'none';
  start_date?: number | 'now';
  trial?: boolean;
  trial_end?: number | 'now';
}

/**
 * Phases as they are stored, each beginning where the one before it ends.
 *
 * @param start when the first one begins, unless it says so itself
 * @throws StripeError for gaps, phases without items, and prices that do not exist
 */
export function phasesOf(
  ctx: Context,
  inputs: PhaseInput[],
  start: number,
  customer: Customer,
): Phase[] {
  const phases: Phase[] = [];
  inputs.forEach((input, index) => {
    const path = `phases[${index}]`;
    const previous = phases.at(-1);
    const from = previous?.end_date ?? momentOf(ctx, input.start_date) ?? start;
    const asked = momentOf(ctx, input.start_date);
    if (previous && asked !== undefined && asked !== previous.end_date) {
      throw invalidRequest(
        'The subscription schedule phases must be continuous: each must begin when the one before it ends.',
        `${path}[start_date]`,
      );
    }
    phases.push({
      ...phaseOf(ctx, input, from, path),
      default_payment_method: defaultMethodOf(ctx, customer, input),
    });
  });
  return phases;
}

/** The phase that a running subscription is in, as a new schedule begins with it. */
export function currentPhaseOf(subscription: Subscription): Phase {
  const items = subscription.items.data;
  return {
    ...emptyPhase(subscription.currency),
    discounts: subscription.discounts.map((discount) => ({
      coupon: null,
      discount,
      promotion_code: null,
    })),
    end_date: Math.min(...items.map((item) => item.current_period_end)),
    items: items.map((item) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: item.metadata,
      plan: item.price.id,
      price: item.price.id,
      ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
      tax_rates: [],
    })),
    metadata: subscription.metadata,
    start_date: Math.min(...items.map((item) => item.current_period_start)),
    trial_end: subscription.status === 'trialing' ? subscription.trial_end : null,
  };
}

function phaseOf(ctx: Context, input: PhaseInput, from: number, path: string): Phase {
  const prices = input.items.map((item, index) =>
    recurringPrice(ctx, item, `${path}[items][${index}]`, input.currency),
  );
  const [first] = prices;
  if (!first) {
    throw invalidRequest(
      `Missing required param: ${path}[items].`,
      `${path}[items]`,
      'parameter_missing',
    );
  }
  const end = endOf(ctx, input, from) ?? boundary(from, recurrenceOf(first), 1);
  if (end < from) {
    throw invalidRequest('A phase cannot end before it begins.', `${path}[end_date]`);
  }
  return {
    ...emptyPhase(input.currency ?? first.currency),
    billing_cycle_anchor: input.billing_cycle_anchor ?? null,
    collection_method: input.collection_method ?? null,
    description: input.description ?? null,
    discounts: (input.discounts ?? []).map((choice) => ({
      coupon: choice.coupon ?? null,
      discount: choice.discount ?? null,
      promotion_code: choice.promotion_code ?? null,
    })),
    end_date: end,
    items: input.items.map((item, index) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: mergeMetadata({}, item.metadata),
      plan: prices[index]?.id ?? '',
      price: prices[index]?.id ?? '',
      quantity: item.quantity ?? 1,
      tax_rates: [],
    })),
    metadata: mergeMetadata({}, input.metadata),
    proration_behavior: input.proration_behavior ?? 'create_prorations',
    start_date: from,
    trial_end: input.trial ? end : (momentOf(ctx, input.trial_end) ?? null),
  };
}

function endOf(ctx: Context, input: PhaseInput, from: number): number | undefined {
  if (input.duration) {
    return addIntervals(from, input.duration.interval, input.duration.interval_count ?? 1);
  }
  return momentOf(ctx, input.end_date);
}

function momentOf(ctx: Context, moment: number | 'now' | undefined): number | undefined {
  return moment === 'now' ? ctx.now : moment;
}

function emptyPhase(currency: string): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: 0,
    invoice_settings: null,
    items: [],
    metadata: {},
    on_behalf_of: null,
    proration_behavior: 'create_prorations',
    start_date: 0,
    transfer_data: null,
    trial_end: null,
  };
}
