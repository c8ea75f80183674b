import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
  boolean,
  type FieldOutputs,
  id,
  integer,
  object,
  oneOf,
  required,
  string,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import {
  addressParam,
  email,
  mergeAddress,
  mergeShipping,
  shippingParam,
  taxExempt,
} from './fields';
import { attachPaymentMethod, usePaymentMethod } from './payment-method-input';
import { createTaxId, taxIdFields } from './tax-ids';

/** The currency of a balance that is set before anything was ever billed. */
const DEFAULT_CURRENCY = 'usd';


const fields = {
  address: unsettable(addressParam()),
  balance: integer(),
  business_name: unsettable(string({ max: 150 })),
  description: unsettable(string()),
  email: unsettable(email()),
  individual_name: unsettable(string({ max: 150 })),
  invoice_prefix: string(),
  invoice_settings: object({
    custom_fields: unsettable(
      array(
        object({ name: required(string({ max: 40 })), value: required(string({ max: 140 })) }),
        {
          max: 4,
        },
      ),
    ),
    default_payment_method: unsettable(id()),
    footer: unsettable(string()),
    rendering_options: unsettable(
      object({
        amount_tax_display: unsettable(oneOf(['exclude_tax', 'include_inclusive_tax'])),
        template: unsettable(id()),
      }),
    ),
  }),
  metadata: metadata(),
  name: unsettable(string({ max: 256 })),
  next_invoice_sequence: integer({ min: 1 }),
  phone: unsettable(string({ max: 20 })),
  preferred_locales: array(string()),
  shipping: unsettable(shippingParam()),
  tax: object({
    ip_address: unsettable(string()),
    validate_location: oneOf(['deferred', 'immediately']),
  }),
  tax_exempt: unsettable(taxExempt()),
  validate: boolean(),
};

type Changes = FieldOutputs<typeof fields>;

const createFields = {
  ...fields,
  payment_method: id(),
  tax_id_data: array(object(taxIdFields), { max: 5 }),
  test_clock: id(),
};

export const customers: Resource = {
  routes: [
    route('POST /v1/customers', { right: 'customer', params: createFields }, createCustomer),
    route(
      'GET /v1/customers',
      {
        right: 'customer',
        params: { ...paging, created: timeRange(), email: string({ max: 512 }), test_clock: id() },
      },
      (ctx, params) =>
        ctx.list('customer', params, '/v1/customers', {
          by:
            params.email === undefined ? ['test_clock', params.test_clock] : ['email', params.email],
          where: (customer) =>
            isWithin(customer.created, params.created) &&
            (params.test_clock === undefined || customer.test_clock === params.test_clock),
        }),
    ),
    route('GET /v1/customers/:customer', { right: 'customer', params: {} }, (ctx, _params, path) => {
      const deleted = ctx.find('_deleted', path.customer);
      return deleted?.object === 'customer' ? deleted : ctx.get('customer', path.customer);
    }),
    route(
      'POST /v1/customers/:customer',
      { right: 'customer', params: fields },
      (request, params, path) => {
        const customer = request.get('customer', path.customer);
        const ctx = request.onClockOf(customer);
        const changes = changesOf(ctx, customer, params);
        return ctx.update('customer', customer.id, changes, 'customer.updated');
      },
    ),
    route('DELETE /v1/customers/:customer', { right: 'customer', params: {} }, (ctx, _p, path) =>
      deleteCustomer(ctx, ctx.get('customer', path.customer)),
    ),
  ],
  expansions: {
    customer: {
      'invoice_settings.default_payment_method': 'payment_method',
      subscriptions: (ctx, customer) =>
        ctx.list('subscription', {}, `/v1/customers/${customer}/subscriptions`, {
          by: ['customer', customer],
          where: (subscription) => subscription.status !== 'canceled',
        }),
      tax: () => ({
        automatic_tax: 'unrecognized_location',
        ip_address: null,
        location: null,
        provider: 'stripe',
      }),
      tax_ids: (ctx, customer) =>
        ctx.list('tax_id', {}, `/v1/customers/${customer}/tax_ids`, { by: ['customer', customer] }),
      test_clock: 'test_helpers.test_clock',
    },
  },
};

function createCustomer(
  request: Context,
  params: FieldOutputs<typeof createFields>,
): Stored<'customer'> {
  if (params.test_clock) request.get('test_helpers.test_clock', params.test_clock, 'test_clock');
  const ctx = request.onClock(params.test_clock ?? null);
  const method = params.payment_method
    ? usePaymentMethod(ctx, params.payment_method, 'payment_method')
    : undefined;
  const blank: Stored<'customer'> = {
    id: newId('cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: ctx.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: newPrefix(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: ctx.livemode,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: params.test_clock ?? null,
  };
  const { payment_method: _m, tax_id_data: taxIds = [], test_clock: _t, ...rest } = params;
  const usesMethod = rest.invoice_settings?.default_payment_method === params.payment_method;
  const settings =
    method && usesMethod && rest.invoice_settings
      ? { invoice_settings: { ...rest.invoice_settings, default_payment_method: undefined } }
      : {};
  const customer = { ...blank, ...changesOf(ctx, blank, { ...rest, ...settings }) };
  if (method && usesMethod) {
    customer.invoice_settings = {
      ...customer.invoice_settings,
      default_payment_method: method.id,
    };
  }
  ctx.insert('customer', customer, 'customer.created');
  if (method) attachPaymentMethod(ctx, method, customer.id);
  for (const taxId of taxIds) createTaxId(ctx, customer, taxId);
  return customer;
}

function changesOf(
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
      default_payment_method: method && defaultMethod(ctx, customer, method),
    }),
    ...(rendering !== undefined && {
      rendering_options: rendering && {
        amount_tax_display: rendering.amount_tax_display ?? null,
        template: rendering.template ?? null,
      },
    }),
  };
}

function defaultMethod(ctx: Context, customer: Stored<'customer'>, method: string): string {
  const param = 'invoice_settings[default_payment_method]';
  return usePaymentMethod(ctx, method, param, customer.id).id;
}

/** Deleting a customer ends at once what they subscribe to, and lets go of their cards. */
function deleteCustomer(request: Context, customer: Stored<'customer'>) {
  const ctx = request.onClockOf(customer);
  for (const subscription of [...ctx.by('subscription', 'customer', customer.id)]) {
    if (isRunning(subscription)) cancelNow(ctx, subscription);
  }
  for (const method of [...ctx.by('payment_method', 'customer', customer.id)]) {
    ctx.world._detached.put({ id: method.id });
    ctx.update('payment_method', method.id, { customer: null, customer_account: null });
  }
  return ctx.remove('customer', customer.id, 'customer.deleted');
}

function newPrefix(): string {
  return randomText(8).toUpperCase();
}

function checkPrefix(ctx: Context, customer: string, prefix: string): void {
  if (!/^[A-Z0-9]{1,12}$/.test(prefix)) {
    throw invalidRequest('Invoice number prefix must be 1–12 uppercase letters or numbers.');
  }
  for (const holder of ctx.by('customer', 'invoice_prefix', prefix)) {
    if (holder.id === customer) continue;
    throw invalidRequest(
      `This invoice number prefix is taken by customer: ${holder.id}. Please enter a different prefix.`,
      'invoice_prefix',
    );
  }
}
