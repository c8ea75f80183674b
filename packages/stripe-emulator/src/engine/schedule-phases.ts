import { addIntervals, boundary } from '../core/calendar';
import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { type MetadataChange, mergeMetadata } from '../core/metadata';
import { defaultMethodOf } from './attach-payment-method';
import type { DiscountChoice } from './discounts';
import { type ExtraItem, oneTimePrice } from './extra-items';
import { recurrenceOf } from './items';
import type { Customer } from './objects';
import { recurringPrice } from './recurring-price';
import { emptyPhase, type Phase } from './schedule-phase-object';
import { phaseInvoiceSettings, type ScheduleInvoiceSettings } from './schedule-settings';
import { automaticTax } from './subscription-fields';
import type { ItemInput } from './subscription-items';
import { taxRatesOf } from './tax-rates';

/** One phase as a request gives it. */
export interface PhaseInput {
  add_invoice_items?: ExtraItem[];
  automatic_tax?: { enabled: boolean };
  billing_cycle_anchor?: 'automatic' | 'phase_start';
  collection_method?: 'charge_automatically' | 'send_invoice';
  currency?: string;
  default_payment_method?: string;
  default_tax_rates?: string[] | null;
  description?: string | null;
  discounts?: DiscountChoice[] | null;
  duration?: { interval: string; interval_count?: number };
  end_date?: number | 'now';
  invoice_settings?: ScheduleInvoiceSettings;
  items: ItemInput[];
  metadata?: MetadataChange;
  on_behalf_of?: string;
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
    add_invoice_items: (input.add_invoice_items ?? []).map((extra, index) =>
      extraOf(ctx, extra, `${path}[add_invoice_items][${index}]`),
    ),
    ...(input.automatic_tax && { automatic_tax: automaticTax(input) }),
    billing_cycle_anchor: input.billing_cycle_anchor ?? null,
    collection_method: input.collection_method ?? null,
    default_tax_rates: taxRatesOf(ctx, input.default_tax_rates, `${path}[default_tax_rates]`),
    description: input.description ?? null,
    discounts: namedDiscounts(input.discounts),
    end_date: end,
    invoice_settings: phaseInvoiceSettings(input.invoice_settings),
    items: input.items.map((item, index) => ({
      billing_thresholds: null,
      discounts: namedDiscounts(item.discounts),
      metadata: mergeMetadata({}, item.metadata),
      plan: prices[index]?.id ?? '',
      price: prices[index]?.id ?? '',
      quantity: item.quantity ?? 1,
      tax_rates: taxRatesOf(ctx, item.tax_rates, `${path}[items][${index}][tax_rates]`),
    })),
    metadata: mergeMetadata({}, input.metadata),
    on_behalf_of: input.on_behalf_of ?? null,
    proration_behavior: input.proration_behavior ?? 'create_prorations',
    start_date: from,
    trial_end: input.trial ? end : (momentOf(ctx, input.trial_end) ?? null),
  };
}

function namedDiscounts(choices: DiscountChoice[] | null | undefined): Phase['discounts'] {
  return (choices ?? []).map(({ coupon, discount, promotion_code }) => ({
    coupon: coupon ?? null,
    discount: discount ?? null,
    promotion_code: promotion_code ?? null,
  }));
}

/** Something that is billed once when the phase begins. */
function extraOf(ctx: Context, extra: ExtraItem, path: string): Phase['add_invoice_items'][number] {
  return {
    discountable: extra.discountable ?? null,
    discounts: namedDiscounts(extra.discounts),
    metadata: mergeMetadata({}, extra.metadata),
    period: { end: { type: 'min_item_period_end' }, start: { type: 'phase_start' } },
    price: oneTimePrice(ctx, extra, path).id,
    quantity: extra.quantity ?? 1,
    tax_rates: taxRatesOf(ctx, extra.tax_rates, `${path}[tax_rates]`),
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
