import type Stripe from 'stripe';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { present } from '../../test/objects';

const e = emulatorForTests();

/** The names of the customers that a query finds. */
async function found(query: string): Promise<(string | null | undefined)[]> {
  const { data } = await e.stripe.customers.search({ query, limit: 100 });
  return data.map(({ name }) => name);
}

describe('a query', () => {
  beforeAll(async () => {
    const people: Stripe.CustomerCreateParams[] = [
      { name: 'Ada Lovelace', email: 'ada@example.com', metadata: { plan: 'Pro', 'a"b': 'x' } },
      { name: 'Grace Hopper', email: 'grace@example.com', metadata: { plan: 'team' } },
      { name: 'Ada Byron King', email: 'king@example.org', phone: '+44 20 1234' },
      { email: 'nameless@example.org' },
    ];
    for (const person of people) await e.stripe.customers.create(person);
  });

  test.each([
    ['email:"ada@example.com"', ['Ada Lovelace']],
    ["email:'ADA@EXAMPLE.COM'", ['Ada Lovelace']],
    ['name:"ada"', ['Ada Byron King', 'Ada Lovelace']],
    ['name:"ada king"', []],
    ['name:"byron king"', ['Ada Byron King']],
    ['name~"hop"', ['Grace Hopper']],
    ['email~"example.org"', [null, 'Ada Byron King']],
    ['-email~"example.org"', ['Grace Hopper', 'Ada Lovelace']],
    ['metadata["plan"]:"pro"', ['Ada Lovelace']],
    ["metadata['plan']:'pr'", []],
    ["metadata['a\"b']:'x'", ['Ada Lovelace']],
    ['metadata["a\\"b"]:"x"', ['Ada Lovelace']],
    ["-metadata['plan']:null", ['Grace Hopper', 'Ada Lovelace']],
    ["metadata['plan']:null", [null, 'Ada Byron King']],
    ['-name:"ada" AND email~"example"', [null, 'Grace Hopper']],
    ['name:"ada" email~"example.org"', ['Ada Byron King']],
    ['phone:null and name:"ada"', ['Ada Lovelace']],
    ['name:"hopper" OR phone~"1234"', ['Ada Byron King', 'Grace Hopper']],
    ['name:null', [null]],
    ['created>0 AND name:"Grace Hopper"', ['Grace Hopper']],
    ['created<="1" OR name:"Grace Hopper"', ['Grace Hopper']],
    ['created=1 OR created<1', []],
  ])('%s', async (query, names) => {
    expect(await found(query)).toEqual(names);
  });

  test.each([
    ['', /^You passed an empty string for 'query'/],
    [
      'ada',
      /^We were unable to parse your search query\. Try using the format `metadata\["key"\]:"value"`/,
    ],
    ['email:ada@example.com', /^We were unable to parse/],
    ['email:"ada', /^We were unable to parse/],
    ['email:"ada" AND', /^We were unable to parse/],
    ['(email:"ada")', /^We were unable to parse/],
    ['metadata:"pro"', /^We were unable to parse/],
    ['foo:"bar"', /^Field `foo` is an unsupported search field for resource `customers`\./],
    ['constructor:"bar"', /^Field `constructor` is an unsupported/],
    ['email>"ada"', /`>` is not supported for the string field `email`/],
    ['metadata["plan"]~"pro"', /`~` is not supported for the token field/],
    ['created~"123"', /`~` is not supported for the numeric field/],
    ['created>null', /`>` is not supported/],
    ['created:"today"', /'today' is no number/],
    ['name~"ad"', /at least 3 characters/],
    ['name:"a" AND name:"b" OR name:"c"', /AND and OR/],
    ['name:"a" name:"b" OR name:"c"', /AND and OR/],
    [Array.from({ length: 11 }, () => 'name:"a"').join(' OR '), /up to 10 clauses/],
  ])('%s is refused', async (query, message) => {
    await expect(e.stripe.customers.search({ query })).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 400,
      message: expect.stringMatching(message),
    });
  });
});

describe('a search', () => {
  test('is paged by its next_page, and counted when that is asked for', async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n++) {
      const { id } = await e.stripe.products.create({ name: `Paged ${n}`, active: n !== 2 });
      made.unshift(id);
    }
    const params = { query: 'name~"paged"', limit: 2 };
    const first = await e.stripe.products.search({ ...params, expand: ['total_count'] });
    expect(first).toMatchObject({
      object: 'search_result',
      url: '/v1/products/search',
      has_more: true,
      total_count: 5,
    });
    const page = present(first.next_page);
    await e.stripe.products.del(present(first.data[1]).id);
    const second = await e.stripe.products.search({ ...params, page });
    expect(second).not.toHaveProperty('total_count');
    expect(second.data.map(({ id }) => id)).toEqual(made.slice(2, 4));

    const all = await e.stripe.products.search(params).autoPagingToArray({ limit: 100 });
    expect(all.map(({ name }) => name)).toEqual(['Paged 4', 'Paged 2', 'Paged 1', 'Paged 0']);
    const active = await e.stripe.products.search({ query: 'name~"paged" active:"true"' });
    expect(active).toMatchObject({ has_more: false, next_page: null });
    expect(active.data).toHaveLength(3);
  });

  test('refuses pages and limits that are none', async () => {
    const query = 'name:"x"';
    await expect(
      e.stripe.prices.search({ query: 'type:"one_time"', page: 'nonsense' }),
    ).rejects.toThrow('Invalid page');
    await expect(e.stripe.products.search({ query, limit: 101 })).rejects.toThrow('less than');
    await expect(
      e.stripe.customers.search({ query: 'name:"ada"', expand: ['data.nothing'] }),
    ).rejects.toThrow('cannot be expanded');
  });

  test('finds what a subscription leaves behind, by the fields of each kind', async () => {
    const { stripe } = e;
    const price = await e.recurringPrice({ amount: 4200, name: 'Searched' });
    await stripe.prices.update(price.id, { lookup_key: 'searched_month' });
    const { id: customer } = await stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      metadata: { order: '42' },
    });
    const one = async (searched: Promise<{ data: { id: string }[] }>) => {
      const { data } = await searched;
      expect(data).toHaveLength(1);
      return present(data[0]).id;
    };
    const order = { query: "metadata['order']:'42' AND status:'active' AND canceled_at:null" };
    expect(await one(stripe.subscriptions.search(order))).toBe(subscription.id);
    const invoice = { query: `subscription:"${subscription.id}" AND total>4199 AND status:"paid"` };
    expect(await one(stripe.invoices.search(invoice))).toBe(subscription.latest_invoice);
    const paid = `customer:"${customer}" AND amount=4200 AND currency:"USD"`;
    await one(stripe.paymentIntents.search({ query: `${paid} AND status:"succeeded"` }));
    const card = 'payment_method_details.card.last4:4242 payment_method_details.card.brand:"visa"';
    await one(stripe.charges.search({ query: `customer:"${customer}" ${card} refunded:"false"` }));
    expect(await one(stripe.prices.search({ query: 'lookup_key:"searched_month"' }))).toBe(
      price.id,
    );
    await expect(stripe.charges.search({ query: 'customer~"cus"' })).rejects.toThrow('token field');
    const expanded = await stripe.subscriptions.search({ ...order, expand: ['data.customer'] });
    expect(expanded.data[0]?.customer).toMatchObject({ object: 'customer', id: customer });
  });
});

describe('search that is behind', () => {
  afterEach(() => e.emulator.core.faults.clear());

  const HOUR = 3_600_000;

  /** Search lags by an hour from now on. */
  async function lag(times?: number): Promise<void> {
    const body = JSON.stringify({ on: 'search', kind: 'lag', ms: HOUR, times });
    const headers = { 'content-type': 'application/json' };
    const reply = await e.emulator.app.request('/_emulator/faults', {
      method: 'POST',
      body,
      headers,
    });
    expect(reply.status).toBe(200);
  }

  test('does not find what was made, and finds what was changed as it was', async () => {
    const old = await e.stripe.customers.create({ name: 'Former Name' });
    await lag();
    await e.stripe.customers.create({ name: 'Former Name' });
    await e.stripe.customers.update(old.id, { name: 'Present Name' });
    const { data } = await e.stripe.customers.search({ query: 'name:"Former Name"' });
    expect(data.map(({ id, name }) => [id, name])).toEqual([[old.id, 'Present Name']]);
    expect(await found('name:"Present Name"')).toEqual([]);
    e.emulator.core.faults.clear();
    expect(await found('name:"Present Name"')).toEqual(['Present Name']);
    expect(await found('name:"Former Name"')).toEqual(['Former Name']);
  });

  test('for a number of searches only, when it is told so', async () => {
    await lag(1);
    await e.stripe.customers.create({ name: 'Soon There' });
    expect(await found('name:"Soon There"')).toEqual([]);
    expect(await found('name:"Soon There"')).toEqual(['Soon There']);
  });
});
