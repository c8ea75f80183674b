import type { Context } from '../core/context';
import { type Resource, type Route, route } from '../core/route';
import { type SearchableTable, searchPage, searchParams } from '../core/search';
import type { SearchField, SearchFields, SearchValue } from '../core/search-match';
import type { Stored } from '../core/tables';

const CARD_SOURCES = ['card', 'card_present', 'interac_present'];
const CARD_FIELDS = ['brand', 'exp_month', 'exp_year', 'fingerprint', 'last4'];

/**
 * What Stripe searches, and the fields and types that its documentation gives for each
 * (docs.stripe.com/search, "Supported query fields for each resource").
 */
export const search: Resource = {
  routes: [
    searchRoute('charges', 'charge', 'charge', {
      amount: numeric(({ amount }) => amount),
      'billing_details.address.postal_code': token((c) => c.billing_details.address?.postal_code),
      created: numeric(({ created }) => created),
      currency: token(({ currency }) => currency),
      customer: token(({ customer }) => customer),
      disputed: token(({ disputed }) => disputed),
      ...cardFields(),
      // A charge that failed has nothing to refund; Stripe indexes it as null.
      refunded: token(({ paid, refunded }) => (paid ? refunded : null)),
      status: token(({ status }) => status),
    }),
    searchRoute('customers', 'customer', 'customer', {
      created: numeric(({ created }) => created),
      email: string(({ email }) => email),
      name: string(({ name }) => name),
      phone: string(({ phone }) => phone),
    }),
    searchRoute('invoices', 'invoice', 'invoice', {
      created: numeric(({ created }) => created),
      currency: token(({ currency }) => currency),
      customer: token(({ customer }) => customer),
      last_finalization_error_code: token((invoice) => invoice.last_finalization_error?.code),
      last_finalization_error_type: token((invoice) => invoice.last_finalization_error?.type),
      number: string(({ number }) => number),
      receipt_number: string(({ receipt_number }) => receipt_number),
      status: string(({ status }) => status),
      subscription: string(({ parent }) => parent?.subscription_details?.subscription),
      total: numeric(({ total }) => total),
    }),
    searchRoute('payment_intents', 'payment_intent', 'payment_intent', {
      amount: numeric(({ amount }) => amount),
      created: numeric(({ created }) => created),
      currency: token(({ currency }) => currency),
      customer: token(({ customer }) => customer),
      status: token(({ status }) => status),
    }),
    searchRoute('prices', 'price', 'plan', {
      active: token(({ active }) => active),
      currency: token(({ currency }) => currency),
      lookup_key: string(({ lookup_key }) => lookup_key),
      product: string(({ product }) => product),
      type: token(({ type }) => type),
    }),
    searchRoute('products', 'product', 'product', {
      active: token(({ active }) => active),
      description: string(({ description }) => description),
      name: string(({ name }) => name),
      shippable: token(({ shippable }) => shippable),
      url: string(({ url }) => url),
    }),
    searchRoute('subscriptions', 'subscription', 'subscription', {
      canceled_at: numeric(({ canceled_at }) => canceled_at),
      created: numeric(({ created }) => created),
      status: token(({ status }) => status),
    }),
  ],
  expansions: { search_result: { total_count: 'on request' } },
};

function searchRoute<Name extends SearchableTable>(
  path: string,
  table: Name,
  right: string,
  fields: SearchFields<Stored<Name>>,
): Route {
  const url = `/v1/${path}/search`;
  return route(`GET ${url}`, { right, params: searchParams }, (ctx: Context, params) =>
    searchPage(ctx, table, fields, params, url),
  );
}

/** Of online charges, and of the two kinds made at a terminal, of which the emulator has none. */
function cardFields(): SearchFields<Stored<'charge'>> {
  const fields = CARD_SOURCES.flatMap((source) =>
    CARD_FIELDS.map((name): [string, SearchField<Stored<'charge'>>] => [
      `payment_method_details.${source}.${name}`,
      token(({ payment_method_details: details }) => {
        const held: object | undefined = source === 'card' ? details?.card : undefined;
        const value: unknown = held && Reflect.get(held, name);
        return typeof value === 'string' || typeof value === 'number' ? value : null;
      }),
    ]),
  );
  return Object.fromEntries(fields);
}

function numeric<T>(read: (object: T) => SearchValue): SearchField<T> {
  return { type: 'numeric', read };
}

function string<T>(read: (object: T) => SearchValue): SearchField<T> {
  return { type: 'string', read };
}

function token<T>(read: (object: T) => SearchValue): SearchField<T> {
  return { type: 'token', read };
}
