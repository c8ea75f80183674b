import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId } from '../core/ids';
import { type MetadataChange, mergeMetadata } from '../core/metadata';
import {
  exclusive,
  type FieldOutputs,
  id,
  integer,
  object,
  oneOf,
  refine,
  required,
} from '../core/params';
import type { Stored } from '../core/tables';
import {
  amountsOf,
  currencyOptionOf,
  customUnitAmountOf,
  type pricingFields,
  tiersOf,
  withinThreeYears,
} from './price-params';

const recurringSchema = refine(
  object({
    interval: required(oneOf(['day', 'week', 'month', 'year'])),
    interval_count: integer({ min: 1 }),
    trial_period_days: integer({ min: 1, max: 730 }),
    meter: id(),
    usage_type: oneOf(['licensed', 'metered']),
  }),
  withinThreeYears,
);

/** The `recurring` parameter of a price. */
export function recurringParam() {
  return recurringSchema;
}

/** What a new price is made of; `product` exists. */
export type PriceInput = FieldOutputs<typeof pricingFields> & {
  /** Chosen already when something refers to the price before it is made. */
  id?: string;
  product: string;
  currency: string;
  active?: boolean;
  billing_scheme?: 'per_unit' | 'tiered';
  currency_options?: Record<string, FieldOutputs<typeof pricingFields>>;
  lookup_key?: string | null;
  metadata?: MetadataChange;
  nickname?: string | null;
  recurring?: ReturnType<typeof recurringSchema.parse>;
  tiers_mode?: 'graduated' | 'volume';
  transfer_lookup_key?: boolean;
  transform_quantity?: { divide_by: number; round: 'down' | 'up' };
};

/** Makes a price with everything checked that its fields say about one another. */
export function createPrice(ctx: Context, input: PriceInput): Stored<'price'> {
  const tiered = input.billing_scheme === 'tiered';
  checkAmounts(input, tiered);
  checkMeter(ctx, input.recurring);
  const priceId = input.id ?? newId('price');
  if (input.lookup_key) claimLookupKey(ctx, input.lookup_key, input.transfer_lookup_key, priceId);
  const tiers = input.tiers ? tiersOf(input.tiers) : null;
  const amounts = tiered ? amountsOf({}) : amountsOf(input);
  const own = {
    custom_unit_amount: customUnitAmountOf(input.custom_unit_amount),
    tax_behavior: input.tax_behavior ?? ('unspecified' as const),
    ...amounts,
  };
  const others = Object.entries(input.currency_options ?? {}).map(
    ([code, option]): [string, ReturnType<typeof currencyOptionOf>] => [
      code,
      currencyOptionOf(option),
    ],
  );
  ctx.world._price.put({
    id: priceId,
    currency_options: {
      [input.currency]: tiers ? { ...own, tiers } : own,
      ...Object.fromEntries(others),
    },
    tiers,
  });
  return ctx.insert(
    'price',
    {
      id: priceId,
      object: 'price',
      active: input.active ?? true,
      billing_scheme: input.billing_scheme ?? 'per_unit',
      created: ctx.now,
      currency: input.currency,
      livemode: ctx.livemode,
      lookup_key: input.lookup_key ?? null,
      metadata: mergeMetadata({}, input.metadata),
      nickname: input.nickname ?? null,
      product: input.product,
      recurring: recurringOf(input.recurring),
      tiers_mode: tiered ? (input.tiers_mode ?? null) : null,
      transform_quantity: input.transform_quantity ?? null,
      type: input.recurring ? 'recurring' : 'one_time',
      ...own,
    },
    'price.created',
  );
}

/**
 * Makes sure that no other price has a lookup key; with `transfer` it is taken from the one that has.
 * @throws StripeError when another price has it and it is not to be transferred
 */
export function claimLookupKey(
  ctx: Context,
  key: string,
  transfer: boolean | undefined,
  priceId: string,
): void {
  for (const holder of [...ctx.by('price', 'lookup_key', key)]) {
    if (holder.id === priceId) continue;
    if (!transfer) {
      throw invalidRequest(
        `A price (\`${holder.id}\`) already uses that lookup key.`,
        'lookup_key',
      );
    }
    ctx.update('price', holder.id, { lookup_key: null }, 'price.updated');
  }
}

function checkAmounts(input: PriceInput, tiered: boolean): void {
  exclusive(input, 'unit_amount', 'unit_amount_decimal');
  exclusive(input, 'unit_amount', 'custom_unit_amount');
  if (tiered) {
    if (!input.recurring) {
      throw invalidRequest(
        'Prices with `type=one_time` are not supported with tiered billing.',
        'interval',
      );
    }
    if (!input.tiers?.length) {
      throw invalidRequest('You must specify `tiers` when `billing_scheme=tiered`.', 'tiers');
    }
    if (!input.tiers_mode) {
      throw invalidRequest(
        'You must specify `tiers_mode` when `billing_scheme=tiered`.',
        'tiers_mode',
      );
    }
    if (input.unit_amount !== undefined || input.unit_amount_decimal !== undefined) {
      throw invalidRequest(
        'You cannot specify an amount when `billing_scheme=tiered`.',
        'unit_amount',
      );
    }
    if (input.transform_quantity) {
      throw invalidRequest(
        '`transform_quantity` cannot be combined with tiers.',
        'transform_quantity',
      );
    }
  } else if (input.tiers || input.tiers_mode) {
    throw invalidRequest('You must set `billing_scheme=tiered` to use tiers.', 'billing_scheme');
  } else if (
    input.unit_amount === undefined &&
    input.unit_amount_decimal === undefined &&
    !input.custom_unit_amount?.enabled
  ) {
    throw invalidRequest(
      'Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.',
    );
  }
  if (input.custom_unit_amount?.enabled && input.recurring) {
    throw invalidRequest(
      '`custom_unit_amount` cannot be used with recurring prices.',
      'custom_unit_amount',
    );
  }
}

/** The version that had no usage records any more. */
const METERS_ONLY = '2025-03-31.basil';

/** Usage is known from meters only, in the versions that still had usage records too. */
function checkMeter(ctx: Context, recurring: PriceInput['recurring']): void {
  const isMetered = recurring?.usage_type === 'metered';
  if (recurring?.meter === undefined) {
    if (!isMetered) return;
    if (ctx.version < METERS_ONLY) {
      throw invalidRequest(
        'The emulator does not support usage records: metered prices need a `recurring[meter]`.',
        'recurring[meter]',
      );
    }
    throw invalidRequest(
      'Prices with `recurring[usage_type]=metered` must be backed by a meter. Specify `recurring[meter]`.',
      'recurring[meter]',
      'parameter_missing',
    );
  }
  if (!isMetered) {
    throw invalidRequest(
      '`recurring[meter]` can only be used with `recurring[usage_type]=metered`.',
      'recurring[meter]',
    );
  }
  const meter = ctx.get('billing.meter', recurring.meter, 'recurring[meter]');
  if (meter.status === 'active') return;
  throw invalidRequest(
    `The meter \`${meter.id}\` is inactive and cannot be attached to a price.`,
    'recurring[meter]',
  );
}

function recurringOf(given: PriceInput['recurring']): Stored<'price'>['recurring'] {
  if (!given) return null;
  return {
    interval: given.interval,
    interval_count: given.interval_count ?? 1,
    meter: given.meter ?? null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: given.usage_type ?? 'licensed',
  };
}
