import { invalidRequest } from '../core/errors';
import {
  array,
  boolean,
  decimal,
  either,
  type FieldOutputs,
  integer,
  type Output,
  object,
  oneOf,
  record,
  refine,
  required,
  type Schema,
} from '../core/params';
import type { Stored } from '../core/tables';
import { currencyKey } from './fields';

/** No price may recur less often than every three years. */
const MOST_INTERVALS = { day: 1095, week: 156, month: 36, year: 3 };

/** Checks how often a price recurs. @throws StripeError */
export function withinThreeYears<
  T extends { interval: keyof typeof MOST_INTERVALS; interval_count?: number },
>(recurring: T, path: string): T {
  const most = MOST_INTERVALS[recurring.interval];
  if ((recurring.interval_count ?? 1) <= most) return recurring;
  throw invalidRequest(
    `Invalid interval_count: the maximum is three years, which is ${most} with an interval of ${recurring.interval}.`,
    `${path}[interval_count]`,
  );
}

/** The amount of a price or a tier: an integer in the smallest unit, or a decimal one. */
const amountFields = {
  unit_amount: integer({ min: 0, max: 99_999_999_999 }),
  unit_amount_decimal: decimal(),
};

const tier = object({
  flat_amount: integer({ min: 0 }),
  flat_amount_decimal: decimal(),
  up_to: required(either(oneOf(['inf']), integer({ min: 1 }))),
  ...amountFields,
});

const customUnitAmountSchema = object({
  enabled: required(boolean()),
  maximum: integer({ min: 0 }),
  minimum: integer({ min: 0 }),
  preset: integer({ min: 0 }),
});

const currencyOptionFields = {
  custom_unit_amount: customUnitAmountSchema,
  tax_behavior: taxBehavior(),
  tiers: array(tier),
  ...amountFields,
};

/** Everything that says what one currency costs. */
export const pricingFields = currencyOptionFields;

export function taxBehavior() {
  return oneOf(['inclusive', 'exclusive', 'unspecified']);
}

/** `currency_options[eur][unit_amount]=…`: what a price costs in its other currencies. */
export function currencyOptions(): Schema<
  Record<string, FieldOutputs<typeof currencyOptionFields>>
> {
  return refine(record(object(currencyOptionFields)), (options, path) => {
    for (const code of Object.keys(options)) currencyKey(code, `${path}[${code}]`);
    return options;
  });
}

type Amounts = Pick<Stored<'price'>, 'unit_amount' | 'unit_amount_decimal'>;

/** Both forms of an amount: the integer is null when the decimal has a fraction. */
export function amountsOf(given: FieldOutputs<typeof amountFields>): Amounts {
  const text = given.unit_amount_decimal ?? given.unit_amount?.toString();
  if (text === undefined) return { unit_amount: null, unit_amount_decimal: null };
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return {
    unit_amount: plain.includes('.') ? null : Number(plain),
    unit_amount_decimal: plain,
  };
}

export function customUnitAmountOf(
  given: Output<typeof customUnitAmountSchema> | undefined,
): Stored<'price'>['custom_unit_amount'] {
  if (!given?.enabled) return null;
  return {
    maximum: given.maximum ?? null,
    minimum: given.minimum ?? null,
    preset: given.preset ?? null,
  };
}

type Tiers = NonNullable<Stored<'price'>['tiers']>;

/** @throws StripeError unless the bounds rise and the last one is open */
export function tiersOf(given: Output<typeof tier>[]): Tiers {
  const open = given.findIndex((one) => one.up_to === 'inf');
  if (open !== given.length - 1) {
    throw invalidRequest(
      'The last tier, and only the last, must have `up_to` set to `inf`.',
      'tiers',
    );
  }
  return given.map((one, at) => {
    const former = given[at - 1]?.up_to;
    if (typeof former === 'number' && typeof one.up_to === 'number' && one.up_to <= former) {
      throw invalidRequest('Tiers must be in ascending order of `up_to`.', `tiers[${at}][up_to]`);
    }
    const flat = amountsOf({
      unit_amount: one.flat_amount,
      unit_amount_decimal: one.flat_amount_decimal,
    });
    return {
      flat_amount: flat.unit_amount,
      flat_amount_decimal: flat.unit_amount_decimal,
      ...amountsOf(one),
      up_to: one.up_to === 'inf' ? null : one.up_to,
    };
  });
}

/** What a price costs in one currency, as it is stored among the options. */
export function currencyOptionOf(given: FieldOutputs<typeof currencyOptionFields>) {
  return {
    custom_unit_amount: customUnitAmountOf(given.custom_unit_amount),
    tax_behavior: given.tax_behavior ?? ('unspecified' as const),
    ...(given.tiers && { tiers: tiersOf(given.tiers) }),
    ...amountsOf(given),
  };
}
