import type { Context } from '../core/context';
import { invalidRequest, missing } from '../core/errors';
import { newId } from '../core/ids';
import { paging } from '../core/list';
import { id, missingParam, object, oneOf, required, string } from '../core/params';
import { type Resource, route } from '../core/route';
import type { Stored } from '../core/tables';
import { countryOf, fitsKind, isVerifiable, type TaxIdKind, taxIdKind } from './tax-id-kinds';

/** Only customers have tax ids here: an account's own list is empty. */
const NOBODY = '';

/** The kind and number of a tax id to be created. */
export const taxIdFields = {
  type: required(taxIdKind()),
  value: required(string({ max: 200 })),
};

const owner = object({
  customer: id(),
  type: required(oneOf(['customer'], ['account', 'application', 'self'])),
});

export const taxIds: Resource = {
  routes: [
    route(
      'GET /v1/tax_ids',
      {
        right: 'tax_id',
        params: {
          ...paging,
          owner: object({
            customer: id(),
            type: required(oneOf(['account', 'application', 'customer', 'self'])),
          }),
        },
      },
      (ctx, params) => {
        const { customer, type = 'self' } = params.owner ?? {};
        if (type === 'customer' && !customer) throw missingParam('owner[customer]');
        const owner = customer && ctx.get('customer', customer, 'owner[customer]').id;
        return ctx.list('tax_id', params, '/v1/tax_ids', {
          by: ['customer', owner ?? NOBODY],
          where: (taxId) => taxId.owner?.type === type,
        });
      },
    ),
    route(
      'POST /v1/tax_ids',
      { right: 'tax_id', params: { ...taxIdFields, owner } },
      (ctx, { owner, ...given }) => {
        if (!owner) throw invalidRequest('The emulator has tax ids of customers only.', 'owner');
        if (!owner.customer) throw missingParam('owner[customer]');
        const customer = ctx.get('customer', owner.customer, 'owner[customer]');
        return createTaxId(ctx.onClockOf(customer), customer, given);
      },
    ),
    route('GET /v1/tax_ids/:id', { right: 'tax_id', params: {} }, (ctx, _params, path) =>
      ctx.get('tax_id', path.id),
    ),
    route('DELETE /v1/tax_ids/:id', { right: 'tax_id', params: {} }, (ctx, _params, path) =>
      removeTaxId(ctx, ctx.get('tax_id', path.id)),
    ),
    route(
      'POST /v1/customers/:customer/tax_ids',
      { right: 'customer', params: taxIdFields },
      (ctx, params, path) => {
        const customer = ctx.get('customer', path.customer);
        return createTaxId(ctx.onClockOf(customer), customer, params);
      },
    ),
    route(
      'GET /v1/customers/:customer/tax_ids',
      { right: 'customer', params: paging },
      (ctx, params, path) => {
        const customer = ctx.get('customer', path.customer);
        return ctx.list('tax_id', params, `/v1/customers/${customer.id}/tax_ids`, {
          by: ['customer', customer.id],
        });
      },
    ),
    route(
      'GET /v1/customers/:customer/tax_ids/:tax_id',
      { right: 'customer', params: {} },
      (ctx, _params, path) => taxIdOf(ctx, path),
    ),
    route(
      'DELETE /v1/customers/:customer/tax_ids/:tax_id',
      { right: 'customer', params: {} },
      (ctx, _params, path) => removeTaxId(ctx, taxIdOf(ctx, path)),
    ),
  ],
  expansions: { tax_id: { customer: 'customer', 'owner.customer': 'customer' } },
  due: { 'tax_id.verify': verify },
};

/** Adds a tax id to a customer. @throws StripeError for a number its kind does not allow */
export function createTaxId(
  ctx: Context,
  customer: Stored<'customer'>,
  given: { type: TaxIdKind; value: string },
): Stored<'tax_id'> {
  const { type, value } = given;
  if (!fitsKind(type, value)) {
    throw invalidRequest(`Invalid value for ${type}.`, 'value', 'tax_id_invalid');
  }
  const taxId = ctx.insert(
    'tax_id',
    {
      id: newId('txi'),
      object: 'tax_id',
      country: countryOf(type, value),
      created: ctx.now,
      customer: customer.id,
      customer_account: customer.customer_account ?? null,
      livemode: ctx.livemode,
      owner: {
        customer: customer.id,
        customer_account: customer.customer_account ?? null,
        type: 'customer',
      },
      type,
      value,
      verification: {
        status: isVerifiable(type) ? 'pending' : 'unavailable',
        verified_address: null,
        verified_name: null,
      },
    },
    'customer.tax_id.created',
  );
  if (isVerifiable(type)) ctx.schedule('tax_id.verify', taxId.id, ctx.now + 1);
  return taxId;
}

function removeTaxId(ctx: Context, { customer, id }: Stored<'tax_id'>) {
  const owner = customer === null ? undefined : ctx.find('customer', customer);
  return (owner ? ctx.onClockOf(owner) : ctx).remove('tax_id', id, 'customer.tax_id.deleted');
}

/** As in Stripe's test mode: all ones fail, all twos stay pending, others are verified. */
function verify(ctx: Context, taxIdId: string): void {
  const taxId = ctx.find('tax_id', taxIdId);
  if (!taxId || /2{9}$/.test(taxId.value)) return;
  const failed = /1{9}$/.test(taxId.value);
  const customer = taxId.customer === null ? undefined : ctx.find('customer', taxId.customer);
  ctx.update(
    'tax_id',
    taxId.id,
    {
      verification: {
        status: failed ? 'unverified' : 'verified',
        verified_address: null,
        verified_name: failed ? null : (customer?.name ?? null),
      },
    },
    'customer.tax_id.updated',
  );
}

function taxIdOf(
  ctx: Context,
  path: { readonly customer: string; readonly tax_id: string },
): Stored<'tax_id'> {
  const customer = ctx.get('customer', path.customer);
  const taxId = ctx.get('tax_id', path.tax_id);
  if (taxId.customer === customer.id) return taxId;
  throw missing('tax_id', path.tax_id);
}
