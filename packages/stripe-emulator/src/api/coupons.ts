import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { randomText } from '../core/ids';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  array,
  decimal,
  type FieldOutputs,
  id,
  integer,
  object,
  oneOf,
  record,
  refine,
  required,
  string,
  timestamp,
  unsettable,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { currency, currencyKey, inThePast } from './fields';

const amountOff = integer({ min: 1, max: 99_999_999 });

const currencyOptions = refine(
  record(object({ amount_off: required(amountOff) })),
  (options, path) => {
    for (const code of Object.keys(options)) currencyKey(code, `${path}[${code}]`);
    return options;
  },
);

const createFields = {
  amount_off: amountOff,
  applies_to: object({ products: array(id()) }),
  currency: currency(),
  currency_options: currencyOptions,
  duration: oneOf(['forever', 'once', 'repeating']),
  duration_in_months: integer({ min: 1, max: 1_200 }),
  id: string({ max: 500 }),
  max_redemptions: integer({ min: 1 }),
  metadata: metadata(),
  name: string({ max: 40 }),
  percent_off: refine(decimal({ places: 4 }), percentage),
  redeem_by: timestamp(),
};

export const coupons: Resource = {
  routes: [
    route('POST /v1/coupons', { right: 'coupon', params: createFields }, createCoupon),
    route(
      'GET /v1/coupons',
      { right: 'coupon', params: { ...paging, created: timeRange() } },
      (ctx, params) =>
        ctx.list('coupon', params, '/v1/coupons', {
          where: (coupon) => isWithin(coupon.created, params.created),
        }),
    ),
    route('GET /v1/coupons/:coupon', { right: 'coupon', params: {} }, (ctx, _params, path) =>
      ctx.get('coupon', path.coupon),
    ),
    route(
      'POST /v1/coupons/:coupon',
      {
        right: 'coupon',
        params: {
          currency_options: currencyOptions,
          metadata: metadata(),
          name: unsettable(string({ max: 40 })),
        },
      },
      (ctx, params, path) => {
        const coupon = ctx.get('coupon', path.coupon);
        const { currency_options: options, metadata: change, name } = params;
        return ctx.update(
          'coupon',
          coupon.id,
          {
            ...(name !== undefined && { name }),
            ...(options && { currency_options: { ...coupon.currency_options, ...options } }),
            metadata: mergeMetadata(coupon.metadata ?? {}, change),
          },
          'coupon.updated',
        );
      },
    ),
    route('DELETE /v1/coupons/:coupon', { right: 'coupon', params: {} }, (ctx, _params, path) => {
      const coupon = ctx.update('coupon', path.coupon, { valid: false });
      return ctx.remove('coupon', coupon.id, 'coupon.deleted');
    }),
  ],
  expansions: {
    coupon: {
      applies_to: (ctx, couponId) => ctx.find('coupon', couponId)?.applies_to,
      currency_options: (ctx, couponId) => ctx.find('coupon', couponId)?.currency_options ?? {},
    },
  },
};

function createCoupon(ctx: Context, params: FieldOutputs<typeof createFields>): Stored<'coupon'> {
  checkTerms(ctx, params);
  if (params.id !== undefined && ctx.find('coupon', params.id)) {
    throw invalidRequest('Coupon already exists.', 'id', 'resource_already_exists');
  }
  for (const [at, product] of (params.applies_to?.products ?? []).entries()) {
    ctx.get('product', product, `applies_to[products][${at}]`);
  }
  const amount = params.amount_off ?? null;
  const own =
    amount !== null && params.currency ? { [params.currency]: { amount_off: amount } } : {};
  return ctx.insert(
    'coupon',
    {
      id: params.id ?? randomText(8),
      object: 'coupon',
      amount_off: amount,
      ...(params.applies_to?.products && { applies_to: { products: params.applies_to.products } }),
      created: ctx.now,
      currency: amount === null ? null : (params.currency ?? null),
      ...(amount !== null && { currency_options: { ...params.currency_options, ...own } }),
      duration: params.duration ?? 'once',
      duration_in_months: params.duration_in_months ?? null,
      livemode: ctx.livemode,
      max_redemptions: params.max_redemptions ?? null,
      metadata: mergeMetadata({}, params.metadata),
      name: params.name ?? null,
      percent_off: params.percent_off ?? null,
      redeem_by: params.redeem_by ?? null,
      times_redeemed: 0,
      valid: true,
    },
    'coupon.created',
  );
}

function checkTerms(ctx: Context, params: FieldOutputs<typeof createFields>): void {
  const { amount_off, percent_off, currency: code, duration, duration_in_months } = params;
  if ((amount_off === undefined) === (percent_off === undefined)) {
    throw amount_off === undefined
      ? invalidRequest('Must provide percent_off or amount_off.', undefined, 'parameter_missing')
      : invalidRequest(
          'Received both percent_off and amount_off parameters. Please pass in only one.',
        );
  }
  if (amount_off !== undefined && code === undefined) {
    throw invalidRequest('You must pass currency when passing amount_off', 'currency');
  }
  if (params.currency_options && amount_off === undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: currency_options, percent_off.',
      'currency_options',
    );
  }
  if (duration === 'repeating' && duration_in_months === undefined) {
    throw invalidRequest(
      'The duration_in_months param must be set when creating a coupon with a repeating duration',
      'duration',
    );
  }
  if (duration !== 'repeating' && duration_in_months !== undefined) {
    throw invalidRequest(
      'You cannot pass duration_in_months without passing duration=repeating',
      'duration_in_months',
    );
  }
  if (params.redeem_by !== undefined && params.redeem_by <= ctx.now) {
    throw inThePast('redeem_by', params.redeem_by);
  }
}

function percentage(text: string, path: string): number {
  const value = Number(text);
  if (value < 0.01) {
    throw invalidRequest(
      `This value must be greater than or equal to 0.01 (it currently is '${value.toFixed(1)}').`,
      path,
    );
  }
  if (value > 100) {
    throw invalidRequest(
      `This value must be less than or equal to 100 (it currently is '${text}').`,
      path,
    );
  }
  return value;
}
