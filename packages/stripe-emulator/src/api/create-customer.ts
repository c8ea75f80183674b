import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { FieldOutputs } from '../core/params';
import type { Stored } from '../core/tables';
import {
  attachPaymentMethod,
  notAttached,
  resolvePaymentMethod,
} from '../engine/attach-payment-method';
import { blankCustomer } from '../engine/blank-customer';
import { fromToken } from '../engine/create-card';
import { recordBalance } from '../engine/customer-balance';
import { refuseUnlocated } from '../engine/tax-location';
import type { createFields, fields } from './customer-fields';
import { mergeAddress, mergeShipping } from './fields';
import { createTaxId } from './tax-ids';

/** The currency of a balance that is set before anything was ever billed. */
const DEFAULT_CURRENCY = 'usd';

const DEFAULT_METHOD = 'invoice_settings[default_payment_method]';

type Changes = FieldOutputs<typeof fields>;

/** Makes a customer, with the payment method and tax ids that come with it. */
export function createCustomer(
  request: Context,
  params: FieldOutputs<typeof createFields>,
): Stored<'customer'> {
  if (params.test_clock) request.get('test_helpers.test_clock', params.test_clock, 'test_clock');
  const ctx = request.onClock(params.test_clock ?? null);
  const method = params.payment_method
    ? resolvePaymentMethod(ctx, params.payment_method, 'payment_method')
    : undefined;
  const blank = blankCustomer(ctx, params.test_clock ?? null);
  const { payment_method: _m, tax_id_data: taxIds = [], test_clock: _t, ...rest } = params;
  const { default_payment_method: wanted, ...settings } = rest.invoice_settings ?? {};
  const fallback = wanted && wanted !== params.payment_method ? fresh(ctx, wanted) : method;
  const changes = changesOf(ctx, blank, { ...rest, invoice_settings: settings });
  const customer: Stored<'customer'> = {
    ...blank,
    ...changes,
    invoice_settings: {
      ...blank.invoice_settings,
      ...changes.invoice_settings,
      default_payment_method: wanted ? (fallback?.id ?? null) : null,
    },
  };
  checkTaxLocation(ctx, customer, params.tax?.validate_location);
  ctx.insert('customer', customer, 'customer.created');
  if (customer.balance !== 0) {
    recordBalance(ctx, customer, customer.balance, { type: 'adjustment' });
  }
  for (const one of new Set([method, wanted ? fallback : method])) {
    if (one) attachPaymentMethod(ctx, one, customer.id);
  }
  for (const taxId of taxIds) createTaxId(ctx, customer, taxId);
  return customer;
}

/** A customer that is only being made has no payment methods yet; a published test id makes one. */
function fresh(ctx: Context, method: string): Stored<'payment_method'> {
  const made = fromToken(ctx, method);
  if (made) return made;
  throw notAttached(method, DEFAULT_METHOD);
}

/** What a change of a customer's fields comes to. */
export function changesOf(
  ctx: Context,
  customer: Stored<'customer'>,
  params: Changes,
): Partial<Stored<'customer'>> {
  const { address, business_name, individual_name, invoice_settings, ...rest } = params;
  const { metadata: change, shipping, tax: _tax, tax_exempt, validate: _, ...plain } = rest;
  if (params.invoice_prefix) checkPrefix(ctx, customer.id, params.invoice_prefix);
  return {
    ...plain,
    ...(address !== undefined && {
      address: address && mergeAddress(customer.address, address),
    }),
    ...(business_name !== undefined && { business_name: business_name ?? undefined }),
    ...(individual_name !== undefined && { individual_name: individual_name ?? undefined }),
    ...(params.balance && { currency: customer.currency ?? DEFAULT_CURRENCY }),
    ...(invoice_settings && {
      invoice_settings: invoiceSettingsOf(ctx, customer, invoice_settings),
    }),
    ...(shipping !== undefined && {
      shipping: shipping && mergeShipping(customer.shipping, shipping),
    }),
    ...(tax_exempt !== undefined && { tax_exempt: tax_exempt ?? 'none' }),
    metadata: mergeMetadata(customer.metadata, change),
  };
}

type InvoiceSettings = Stored<'customer'>['invoice_settings'];

function invoiceSettingsOf(
  ctx: Context,
  customer: Stored<'customer'>,
  change: NonNullable<Changes['invoice_settings']>,
): InvoiceSettings {
  const { default_payment_method: method, rendering_options: rendering, ...plain } = change;
  return {
    ...customer.invoice_settings,
    ...plain,
    ...(method !== undefined && {
      default_payment_method:
        method && resolvePaymentMethod(ctx, method, DEFAULT_METHOD, customer.id).id,
    }),
    ...(rendering !== undefined && {
      rendering_options: rendering && {
        amount_tax_display: rendering.amount_tax_display ?? null,
        template: null,
      },
    }),
  };
}

/**
 * Whether a customer may be somewhere that Stripe knows no taxes for: not when that is to be checked at
 * once, and by default not while tax is automatic on a subscription of theirs.
 *
 * @throws StripeError `customer_tax_location_invalid`
 */
export function checkTaxLocation(
  ctx: Context,
  customer: Stored<'customer'>,
  when: 'auto' | 'deferred' | 'immediately' = 'auto',
): void {
  if (when === 'deferred') return;
  if (when === 'immediately') refuseUnlocated(customer);
  for (const subscription of ctx.by('subscription', 'customer', customer.id)) {
    const isOver = subscription.status === 'canceled' || subscription.ended_at !== null;
    if (!isOver && subscription.automatic_tax.enabled) refuseUnlocated(customer);
  }
}

function checkPrefix(ctx: Context, customer: string, prefix: string): void {
  if (!/^[A-Z0-9]{1,12}$/.test(prefix)) {
    throw invalidRequest(
      'Invoice number prefix must be 1–12 uppercase letters or numbers.',
      'invoice_prefix',
    );
  }
  for (const holder of ctx.by('customer', 'invoice_prefix', prefix)) {
    if (holder.id === customer) continue;
    throw invalidRequest(
      `This invoice number prefix is taken by customer: ${holder.id}. Please enter a different prefix.`,
      'invoice_prefix',
    );
  }
}
