import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { isWithin, paging, timeRange } from '../core/list';
import { mergeMetadata, metadata } from '../core/metadata';
import {
  boolean,
  type FieldOutputs,
  id,
  integer,
  missingParam,
  object,
  oneOf,
  record,
  refine,
  required,
  string,
  timestamp,
} from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { customerAccountOf } from './customer-account';
import { currency, currencyKey, inThePast } from './fields';

const minimum = integer({ min: 1 });

const currencyOptions = refine(
  record(object({ minimum_amount: minimum })),
  (options, path): Record<string, { minimum_amount: number }> => {
    const entries = Object.entries(options).map(
      ([code, option]): [string, { minimum_amount: number }] => {
        const name = `${path}[${code}]`;
        currencyKey(code, name);
        if (option.minimum_amount === undefined) throw missingParam(`${name}[minimum_amount]`);
        return [code, { minimum_amount: option.minimum_amount }];
      },
    );
    return Object.fromEntries(entries);
  },
);

const createFields = {
  active: boolean(),
  code: refine(string({ max: 500 }), (text, path) => {
    if (/^[a-zA-Z0-9\-_]+$/.test(text)) return text;
    throw invalidRequest(
      `This value must match the regex pattern. (/\\A[a-zA-Z0-9\\-_]+\\z/ does not match for the value ${text}).`,
      path,
    );
  }),
  customer: id(),
  customer_account: id(),
  expires_at: timestamp(),
  max_redemptions: integer({ min: 1 }),
  metadata: metadata(),
  promotion: required(object({ coupon: id(), type: required(oneOf(['coupon'])) })),
  restrictions: object({
    currency_options: currencyOptions,
    first_time_transaction: boolean(),
    minimum_amount: minimum,
    minimum_amount_currency: currency(),
  }),
};

export const promotionCodes: Resource = {
  routes: [
    route(
      'POST /v1/promotion_codes',
      { right: 'promotion_code', params: createFields },
      createPromotionCode,
    ),
    route(
      'GET /v1/promotion_codes',
      {
        right: 'promotion_code',
        params: {
          ...paging,
          active: boolean(),
          code: string(),
          coupon: id(),
          created: timeRange(),
          customer: id(),
          customer_account: id(),
        },
      },
      (ctx, params) => {
        if (params.coupon) ctx.get('coupon', params.coupon, 'coupon');
        if (params.customer) ctx.get('customer', params.customer, 'customer');
        return ctx.list('promotion_code', params, '/v1/promotion_codes', {
          by:
            params.code === undefined
              ? ['coupon', params.coupon]
              : ['code', params.code.toLowerCase()],
          where: (promotion) =>
            (params.active === undefined || promotion.active === params.active) &&
            (params.coupon === undefined || promotion.promotion.coupon === params.coupon) &&
            (params.customer === undefined || promotion.customer === params.customer) &&
            (params.customer_account === undefined ||
              promotion.customer_account === params.customer_account) &&
            isWithin(promotion.created, params.created),
        });
      },
    ),
    route(
      'GET /v1/promotion_codes/:promotion_code',
      { right: 'promotion_code', params: {} },
      (ctx, _params, path) => ctx.get('promotion_code', path.promotion_code),
    ),
    route(
      'POST /v1/promotion_codes/:promotion_code',
      {
        right: 'promotion_code',
        params: {
          active: boolean(),
          metadata: metadata(),
          restrictions: object({ currency_options: currencyOptions }),
        },
      },
      (ctx, params, path) => {
        const promotion = ctx.get('promotion_code', path.promotion_code);
        if (params.active) checkCodeIsFree(ctx, promotion.code, promotion.customer, promotion.id);
        const options = params.restrictions?.currency_options;
        return ctx.update(
          'promotion_code',
          promotion.id,
          {
            ...(params.active !== undefined && { active: params.active }),
            ...(options && {
              restrictions: { ...promotion.restrictions, currency_options: options },
            }),
            metadata: mergeMetadata(promotion.metadata ?? {}, params.metadata),
          },
          'promotion_code.updated',
        );
      },
    ),
  ],
  expansions: { promotion_code: { customer: 'customer', 'promotion.coupon': 'coupon' } },
};

function createPromotionCode(
  ctx: Context,
  params: FieldOutputs<typeof createFields>,
): Stored<'promotion_code'> {
  const { promotion, restrictions } = params;
  if (promotion.coupon === undefined) {
    throw invalidRequest(
      'You must pass promotion.coupon when passing promotion',
      'promotion.coupon',
    );
  }
  const coupon = ctx.get('coupon', promotion.coupon, 'promotion[coupon]');
  const customer = customerAccountOf(ctx, params);
  const code = params.code ?? randomText(8).toUpperCase();
  const active = params.active ?? true;
  if (active) checkCodeIsFree(ctx, code, customer?.id ?? null);
  if (
    (restrictions?.minimum_amount === undefined) !==
    (restrictions?.minimum_amount_currency === undefined)
  ) {
    throw invalidRequest(
      '`minimum_amount` and `minimum_amount_currency` must be set together.',
      'restrictions[minimum_amount_currency]',
    );
  }
  if (params.expires_at !== undefined && params.expires_at <= ctx.now) {
    throw inThePast('expires_at', params.expires_at);
  }
  return ctx.insert(
    'promotion_code',
    {
      id: newId('promo'),
      object: 'promotion_code',
      active,
      code,
      created: ctx.now,
      customer: customer?.id ?? null,
      customer_account: customer?.customer_account ?? null,
      expires_at: params.expires_at ?? coupon.redeem_by,
      livemode: ctx.livemode,
      max_redemptions: params.max_redemptions ?? null,
      metadata: mergeMetadata({}, params.metadata),
      promotion: { coupon: coupon.id, type: 'coupon' },
      restrictions: {
        ...(restrictions?.currency_options && { currency_options: restrictions.currency_options }),
        first_time_transaction: restrictions?.first_time_transaction ?? false,
        minimum_amount: restrictions?.minimum_amount ?? null,
        minimum_amount_currency: restrictions?.minimum_amount_currency ?? null,
      },
      times_redeemed: 0,
    },
    'promotion_code.created',
  );
}

/** Among the active ones a code is unique, whatever its case, for each customer and for all. */
function checkCodeIsFree(
  ctx: Context,
  code: string,
  customer: string | null,
  except?: string,
): void {
  for (const other of ctx.by('promotion_code', 'code', code.toLowerCase())) {
    if (other.id === except || !other.active) continue;
    if (other.customer === null || customer === null || other.customer === customer) {
      throw invalidRequest(
        `An active promotion code with \`code: ${code}\` already exists.`,
        'code',
      );
    }
  }
}
