import type { Context } from '../core/context';
import { newId } from '../core/ids';
import { isWithin, paging, timeRange } from '../core/list';
import { type MetadataChange, mergeMetadata, metadata } from '../core/metadata';
import { boolean, object, oneOf, string, unsettable } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { country, currency, email, url } from './fields';

const right = 'accounts_kyc_basic';

const fields = {
  business_profile: object({
    name: unsettable(string()),
    support_email: unsettable(email()),
    support_phone: unsettable(string()),
    support_url: unsettable(url()),
    url: unsettable(url()),
  }),
  business_type: oneOf(['company', 'government_entity', 'individual', 'non_profit']),
  default_currency: currency(),
  email: unsettable(email()),
  metadata: metadata(),
};

type Account = Stored<'account'>;

/** Accounts as far as `on_behalf_of`, `customer_account` and the `Stripe-Account` header name them. */
export const accounts: Resource = {
  routes: [
    route(
      'POST /v1/accounts',
      {
        right,
        params: {
          ...fields,
          capabilities: object({
            card_payments: object({ requested: boolean() }),
            transfers: object({ requested: boolean() }),
          }),
          country: country(),
          type: oneOf(['custom', 'express', 'standard']),
        },
      },
      (ctx, params) => {
        const { capabilities: _capabilities, country: code, type, ...settings } = params;
        const account = newAccount(ctx, newId('acct', 16), code, type);
        return ctx.insert('account', { ...account, ...changesOf(account, settings) });
      },
    ),
    route(
      'GET /v1/accounts',
      { right, params: { ...paging, created: timeRange() } },
      (ctx, params) =>
        ctx.list('account', params, '/v1/accounts', {
          where: (account) => isWithin(account.created ?? 0, params.created),
        }),
    ),
    route('GET /v1/account', { right, params: {} }, (ctx) => ownAccount(ctx)),
    route('GET /v1/accounts/:account', { right, params: {} }, (ctx, _params, path) =>
      path.account === ctx.accountId ? ownAccount(ctx) : ctx.get('account', path.account),
    ),
    route('POST /v1/accounts/:account', { right, params: fields }, (ctx, params, path) => {
      const account = ctx.get('account', path.account);
      return ctx.update('account', account.id, changesOf(account, params), 'account.updated');
    }),
    route('DELETE /v1/accounts/:account', { right, params: {} }, (ctx, _params, path) =>
      ctx.remove('account', path.account),
    ),
  ],
};

function ownAccount(ctx: Context): Account {
  return ctx.account() ?? newAccount(ctx, ctx.accountId, 'US', 'standard');
}

function newAccount(
  ctx: Context,
  id: string,
  countryCode = 'US',
  type: Account['type'] = 'standard',
): Account {
  return {
    id,
    object: 'account',
    business_profile: {
      mcc: null,
      minority_owned_business_designation: null,
      name: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: null,
      specified_commercial_transactions_act_url: null,
    },
    business_type: null,
    capabilities: { card_payments: 'active', transfers: 'active' },
    charges_enabled: true,
    country: countryCode,
    created: ctx.now,
    default_currency: 'usd',
    details_submitted: true,
    email: null,
    metadata: {},
    payouts_enabled: true,
    type,
  };
}

function changesOf(
  account: Account,
  params: {
    business_profile?: Partial<NonNullable<Account['business_profile']>>;
    business_type?: Account['business_type'];
    default_currency?: string;
    email?: string | null;
    metadata?: MetadataChange;
  },
): Partial<Account> {
  const { business_profile: profile, metadata: change, ...plain } = params;
  return {
    ...plain,
    ...(profile &&
      account.business_profile && {
        business_profile: { ...account.business_profile, ...profile },
      }),
    metadata: mergeMetadata(account.metadata ?? {}, change),
  };
}
