import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  boolean,
  decimal,
  type FieldOutputs,
  oneOf,
  refine,
  required,
  string,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { country } from './fields';

const right = 'tax_rate';

const TAX_TYPES = [
  'admissions_tax',
  'amusement_tax',
  'attendance_tax',
  'communications_tax',
  'digital_excise_tax',
  'entertainment_tax',
  'get_fund',
  'gross_receipts_tax',
  'gst',
  'hospitality_tax',
  'hst',
  'igst',
  'jct',
  'lease_tax',
  'luxury_tax',
  'mass_transit_parking_tax',
  'nhil',
  'parking_tax',
  'pst',
  'qst',
  'resort_tax',
  'retail_delivery_fee',
  'rst',
  'sales_tax',
  'service_tax',
  'tourism_tax',
  'utility_users_tax',
  'vat',
] as const;

/** What can be said of a tax rate at any time. */
const fields = {
  active: boolean(),
  country: country(),
  description: string(),
  display_name: string({ max: 50 }),
  jurisdiction: string({ max: 50 }),
  metadata: metadata(),
  state: string({ max: 5 }),
  tax_type: oneOf(TAX_TYPES),
};

const createFields = {
  ...fields,
  display_name: required(fields.display_name),
  inclusive: required(boolean()),
  percentage: required(refine(decimal({ places: 4 }), percentage)),
};

/** Rates of taxes that are put on invoices and Checkout by hand. */
export const taxRates: Resource = {
  routes: [
    route('POST /v1/tax_rates', { right, params: createFields }, create),
    route(
      'GET /v1/tax_rates',
      {
        right,
        params: { ...paging, active: boolean(), created: timeRange(), inclusive: boolean() },
      },
      (ctx, params) =>
        ctx.list('tax_rate', params, '/v1/tax_rates', {
          where: (rate) =>
            isWithin(rate.created, params.created) &&
            (params.active ?? rate.active) === rate.active &&
            (params.inclusive ?? rate.inclusive) === rate.inclusive,
        }),
    ),
    route('GET /v1/tax_rates/:tax_rate', { right, params: {} }, (ctx, _params, path) =>
      ctx.get('tax_rate', path.tax_rate),
    ),
    route(
      'POST /v1/tax_rates/:tax_rate',
      { right, params: { ...fields, metadata: unsettable(fields.metadata) } },
      (ctx, { metadata: change, ...changes }, path) => {
        const rate = ctx.get('tax_rate', path.tax_rate);
        const changed = { ...changes, metadata: mergeMetadata(rate.metadata ?? {}, change) };
        return ctx.update('tax_rate', rate.id, changed, 'tax_rate.updated');
      },
    ),
  ],
};

function create(ctx: Context, params: FieldOutputs<typeof createFields>): Stored<'tax_rate'> {
  return ctx.insert(
    'tax_rate',
    {
      id: newId('txr'),
      object: 'tax_rate',
      active: params.active ?? true,
      country: params.country ?? null,
      created: ctx.now,
      description: params.description ?? null,
      display_name: params.display_name,
      effective_percentage: null,
      flat_amount: null,
      inclusive: params.inclusive,
      jurisdiction: params.jurisdiction ?? null,
      jurisdiction_level: null,
      livemode: ctx.livemode,
      metadata: mergeMetadata({}, params.metadata),
      percentage: params.percentage,
      rate_type: 'percentage',
      state: params.state ?? null,
      tax_type: params.tax_type ?? null,
    },
    'tax_rate.created',
  );
}

function percentage(text: string, path: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 100) return value;
  throw invalidRequest('Tax rate percentage must be between 0 and 100.', path);
}
