import type { Context } from '../core/context';
import type { Stored } from '../core/tables';
import { isJson, type Json } from '../core/version-change';
import { planOf } from '../engine/subscription-object';

/** Objects as they were before 2025-03-31.basil, by their `object`. */
export const objectsBeforeBasil = {
  charge: (ctx: Context, charge: Json) => ({
    ...charge,
    invoice: invoiceOf(ctx, charge.payment_intent),
  }),
  'checkout.session': (_ctx: Context, session: Json) => ({
    ...session,
    shipping_details: at(session, 'collected_information', 'shipping_details') ?? null,
  }),
  credit_note: (_ctx: Context, note: Json) => ({
    ...note,
    refund: at(listOf(note.refunds)[0], 'refund') ?? null,
    tax_amounts: taxAmounts(note.total_taxes),
  }),
  credit_note_line_item: (_ctx: Context, line: Json) => ({
    ...line,
    amount_excluding_tax: withoutTax(line.amount, line.taxes),
    tax_amounts: taxAmounts(line.taxes),
    unit_amount_excluding_tax: null,
  }),
  invoice,
  invoiceitem: (ctx: Context, item: Json) => ({
    ...item,
    ...priceOf(ctx, item),
    subscription: at(item, 'parent', 'subscription_details', 'subscription') ?? null,
    subscription_item: at(item, 'parent', 'subscription_details', 'subscription_item') ?? null,
    ...unitAmount(at(item, 'pricing', 'unit_amount_decimal')),
  }),
  line_item: line,
  payment_intent: (ctx: Context, intent: Json) => ({
    ...intent,
    invoice: invoiceOf(ctx, intent.id),
  }),
  plan: (_ctx: Context, plan: Json) => ({ ...plan, aggregate_usage: null }),
  price: (_ctx: Context, price: Json) => ({
    ...price,
    recurring: isJson(price.recurring)
      ? { aggregate_usage: null, ...price.recurring }
      : price.recurring,
  }),
  subscription: (ctx: Context, subscription: Json) => {
    const item = listOf(at(subscription, 'items', 'data'))[0];
    return {
      ...subscription,
      current_period_end: at(item, 'current_period_end') ?? subscription.billing_cycle_anchor,
      current_period_start: at(item, 'current_period_start') ?? subscription.start_date,
      discount: firstDiscount(ctx, subscription.discounts),
    };
  },
  subscription_schedule: (_ctx: Context, schedule: Json) => ({
    ...schedule,
    phases: listOf(schedule.phases).map((phase) =>
      isJson(phase)
        ? { ...phase, coupon: at(listOf(phase.discounts)[0], 'coupon') ?? null }
        : phase,
    ),
  }),
};

function invoice(ctx: Context, invoice: Json): Json {
  const intent = intentOf(ctx, invoice);
  const details = at(invoice, 'parent', 'subscription_details');
  const taxes = listOf(invoice.total_taxes);
  const isOutside = invoice.status === 'paid' && Number(invoice.amount_paid_off_stripe ?? 0) > 0;
  return {
    ...invoice,
    application_fee_amount: null,
    charge: intent?.latest_charge ?? null,
    discount: firstDiscount(ctx, invoice.discounts),
    paid: invoice.status === 'paid',
    paid_out_of_band: isOutside,
    payment_intent: intent?.id ?? null,
    quote: at(invoice, 'parent', 'quote_details', 'quote') ?? null,
    subscription: at(details, 'subscription') ?? null,
    subscription_details: { metadata: at(details, 'metadata') ?? null },
    ...(isJson(details) &&
      details.subscription_proration_date !== undefined && {
        subscription_proration_date: details.subscription_proration_date,
      }),
    tax: taxes.length > 0 ? taxes.reduce<number>((sum, tax) => sum + amountOf(tax), 0) : null,
    total_tax_amounts: taxAmounts(invoice.total_taxes),
    transfer_data: null,
  };
}

function line(ctx: Context, line: Json): Json {
  const item = at(line, 'parent', 'subscription_item_details');
  const parent = isJson(item) ? item : at(line, 'parent', 'invoice_item_details');
  const invoiceItem = at(parent, 'invoice_item');
  const subscriptionItem = at(item, 'subscription_item');
  const excluding = withoutTax(line.amount, line.taxes);
  return {
    ...line,
    ...priceOf(ctx, line),
    amount_excluding_tax: excluding,
    ...(typeof invoiceItem === 'string' && { invoice_item: invoiceItem }),
    proration: at(parent, 'proration') ?? false,
    proration_details: at(parent, 'proration_details') ?? { credited_items: null },
    ...(typeof subscriptionItem === 'string' && { subscription_item: subscriptionItem }),
    tax_amounts: taxAmounts(line.taxes),
    tax_rates: ownTaxRates(ctx, line),
    type: isJson(item) && typeof invoiceItem !== 'string' ? 'subscription' : 'invoiceitem',
    unit_amount_excluding_tax: unitOf(excluding, line.quantity),
  };
}

/** The payment that an invoice was or is to be paid with. */
function intentOf(ctx: Context, { id }: Json): Stored<'payment_intent'> | undefined {
  const payments = [...ctx.by('invoice_payment', 'invoice', String(id))];
  const payment = payments.find(({ is_default }) => is_default) ?? payments[0];
  return payment?.payment.payment_intent
    ? ctx.find('payment_intent', payment.payment.payment_intent)
    : undefined;
}

function invoiceOf(ctx: Context, intent: unknown): string | null {
  if (typeof intent !== 'string') return null;
  const [payment] = ctx.by('invoice_payment', 'payment_intent', intent);
  return payment?.invoice ?? null;
}

function priceOf(ctx: Context, priced: Json): { plan: unknown; price: unknown } {
  const id = at(priced, 'pricing', 'price_details', 'price');
  const price = typeof id === 'string' ? ctx.find('price', id) : undefined;
  return { plan: price?.recurring ? planOf(price) : null, price: price ?? null };
}

function unitAmount(decimal: unknown): {
  unit_amount: number | null;
  unit_amount_decimal: unknown;
} {
  const amount = typeof decimal === 'string' ? Number(decimal) : Number.NaN;
  return {
    unit_amount: Number.isInteger(amount) ? amount : null,
    unit_amount_decimal: decimal ?? null,
  };
}

/** An invoice or a subscription showed the first of its discounts whole. */
function firstDiscount(ctx: Context, discounts: unknown): unknown {
  const [first] = listOf(discounts);
  return typeof first === 'string' ? (ctx.find('discount', first) ?? null) : null;
}

function taxAmounts(taxes: unknown): unknown[] {
  return listOf(taxes).map((tax) => ({
    amount: amountOf(tax),
    inclusive: at(tax, 'tax_behavior') === 'inclusive',
    tax_rate: at(tax, 'tax_rate_details', 'tax_rate') ?? null,
    taxability_reason: at(tax, 'taxability_reason') ?? null,
    taxable_amount: at(tax, 'taxable_amount') ?? null,
  }));
}

/** The rates a line has of its own, whole; those of its invoice are not among them. */
function ownTaxRates(ctx: Context, { id }: Json): unknown[] {
  const rates = ctx.find('_taxed', String(id))?.rates ?? [];
  return rates.flatMap((rate) => ctx.find('tax_rate', rate) ?? []);
}

function withoutTax(amount: unknown, taxes: unknown): number | null {
  if (typeof amount !== 'number') return null;
  const inclusive = listOf(taxes).filter((tax) => at(tax, 'tax_behavior') === 'inclusive');
  return inclusive.reduce<number>((rest, tax) => rest - amountOf(tax), amount);
}

function unitOf(amount: number | null, quantity: unknown): string | null {
  if (amount === null || typeof quantity !== 'number' || quantity === 0) return null;
  return String(Math.round((amount / quantity) * 1e12) / 1e12);
}

function amountOf(tax: unknown): number {
  return Number(at(tax, 'amount') ?? 0);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce((inner, name) => (isJson(inner) ? inner[name] : undefined), value);
}
