import type { Context } from '../core/context';
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
import { addressOf, addressParam, email, shippingOf, shippingParam, taxExempt } from './fields';

const fields = {
  address: unsettable(addressParam()),
  balance: integer(),
  business_name: unsettable(string({ max: 150 })),
  description: unsettable(string()),
  email: unsettable(email()),
  individual_name: unsettable(string({ max: 150 })),
  invoice_prefix: string({ max: 12 }),
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
  tax_exempt: unsettable(taxExempt()),
  validate: boolean(),
};

type Changes = FieldOutputs<typeof fields>;

export const customers: Resource = {
  routes: [
    route(
      'POST /v1/customers',
      { right: 'customer', params: { ...fields, payment_method: id(), test_clock: id() } },
      createCustomer,
    ),
    route(
      'GET /v1/customers',
      {
        right: 'customer',
        params: { ...paging, created: timeRange(), email: string({ max: 512 }), test_clock: id() },
      },
      (ctx, params) =>
        ctx.list('customer', params, '/v1/customers', {
          by:
            params.email === undefined
              ? ['test_clock', params.test_clock]
              : ['email', params.email],
          where: (customer) =>
            isWithin(customer.created, params.created) &&
            (params.test_clock === undefined || customer.test_clock === params.test_clock),
        }),
    ),
    route(
      'GET /v1/customers/:customer',
      { right: 'customer', params: {} },
      (ctx, _params, path) => {
        const deleted = ctx.find('_deleted', path.customer);
        return deleted?.object === 'customer' ? deleted : ctx.get('customer', path.customer);
      },
    ),
    route(
      'POST /v1/customers/:customer',
      { right: 'customer', params: fields },
      (ctx, params, path) => {
        const customer = ctx.get('customer', path.customer);
        const changes = changesOf(customer, params);
        return ctx.onClockOf(customer).update('customer', customer.id, changes, 'customer.updated');
      },
    ),
    route('DELETE /v1/customers/:customer', { right: 'customer', params: {} }, (ctx, _p, path) => {
      const customer = ctx.get('customer', path.customer);
      return ctx.onClockOf(customer).remove('customer', customer.id, 'customer.deleted');
    }),
  ],
  expansions: {
    customer: {
      'invoice_settings.default_payment_method': 'payment_method',
      test_clock: 'test_helpers.test_clock',
    },
  },
};

function createCustomer(
  request: Context,
  params: Changes & { payment_method?: string; test_clock?: string },
): Stored<'customer'> {
  if (params.test_clock) request.get('test_helpers.test_clock', params.test_clock, 'test_clock');
  const ctx = request.onClock(params.test_clock ?? null);
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
    invoice_prefix: randomText(8).toUpperCase(),
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
  return ctx.insert('customer', { ...blank, ...changesOf(blank, params) }, 'customer.created');
}

function changesOf(customer: Stored<'customer'>, params: Changes): Partial<Stored<'customer'>> {
  const { address, business_name, individual_name, invoice_settings, ...rest } = params;
  const { metadata: change, shipping: ship, tax_exempt, validate: _, ...plain } = rest;
  return {
    ...plain,
    ...(address !== undefined && { address: address && addressOf(address) }),
    ...(business_name !== undefined && { business_name: business_name ?? undefined }),
    ...(individual_name !== undefined && { individual_name: individual_name ?? undefined }),
    ...(invoice_settings && {
      invoice_settings: invoiceSettingsOf(customer.invoice_settings, invoice_settings),
    }),
    ...(ship !== undefined && { shipping: ship && shippingOf(ship) }),
    ...(tax_exempt !== undefined && { tax_exempt: tax_exempt ?? 'none' }),
    metadata: mergeMetadata(customer.metadata, change),
  };
}

type InvoiceSettings = Stored<'customer'>['invoice_settings'];

function invoiceSettingsOf(
  current: InvoiceSettings,
  change: NonNullable<Changes['invoice_settings']>,
): InvoiceSettings {
  const { rendering_options: rendering, ...plain } = change;
  return {
    ...current,
    ...plain,
    ...(rendering !== undefined && {
      rendering_options: rendering && {
        amount_tax_display: rendering.amount_tax_display ?? null,
        template: rendering.template ?? null,
      },
    }),
  };
}
