import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator, type TestEmulator } from '../test/start-emulator';

let loopback: TestEmulator;
let ids: Record<string, string>;

beforeAll(async () => {
  loopback = await startEmulator();
  const { stripe } = loopback;
  const customer = await stripe.customers.create({ email: 'a@example.com' });
  const gone = await stripe.customers.create();
  await stripe.customers.del(gone.id);
  const product = await stripe.products.create({ name: 'Pro' });
  const price = await stripe.prices.create({
    currency: 'usd',
    lookup_key: 'pro_monthly',
    product: product.id,
    recurring: { interval: 'month' },
    unit_amount: 900,
  });
  const live = await loopback.client('sk_live_loopback').customers.create();
  await stripe.coupons.create({ id: 'TENOFF', percent_off: 10 });
  ids = {
    customer: customer.id,
    gone: gone.id,
    live: live.id,
    price: price.id,
    product: product.id,
  };
});

afterAll(() => loopback.close());

interface Refusal {
  title: string;
  ask: string;
  status: number;
  code?: string;
  param?: string;
  message: string | RegExp;
  type?: string;
}

/** `METHOD path?params`; ids of the objects above are written in braces. */
const REFUSALS: Refusal[] = [
  {
    title: 'an unknown id in the path is a 404 that names it',
    ask: 'GET /v1/customers/cus_nope',
    status: 404,
    code: 'resource_missing',
    param: 'id',
    message: "No such customer: 'cus_nope'",
  },
  {
    title: 'an unknown id in a parameter is a 400 that names the parameter',
    ask: 'POST /v1/prices?currency=usd&unit_amount=1&product=prod_nope',
    status: 400,
    code: 'resource_missing',
    param: 'product',
    message: "No such product: 'prod_nope'",
  },
  {
    title: 'a deleted customer is as good as unknown to a parameter',
    ask: 'POST /v1/payment_methods/pm_card_visa/attach?customer={gone}',
    status: 400,
    code: 'resource_missing',
    param: 'customer',
    message: /^No such customer: 'cus_/,
  },
  {
    title: 'an object of the other mode is said to be similar',
    ask: 'GET /v1/customers/{live}',
    status: 404,
    code: 'resource_missing',
    param: 'id',
    message:
      /; a similar object exists in live mode, but a test mode key was used to make this request\.$/,
  },
  {
    title: 'an unknown parameter is named',
    ask: 'POST /v1/customers?nickname=x',
    status: 400,
    code: 'parameter_unknown',
    param: 'nickname',
    message: 'Received unknown parameter: nickname',
  },
  {
    title: 'a misspelt parameter gets a suggestion',
    ask: 'POST /v1/customers?descripton=x',
    status: 400,
    code: 'parameter_unknown',
    param: 'descripton',
    message: 'Received unknown parameter: descripton. Did you mean description?',
  },
  {
    title: 'an unknown sub-parameter is named with its path',
    ask: 'POST /v1/customers?address[street]=x',
    status: 400,
    code: 'parameter_unknown',
    param: 'address[street]',
    message: /^Received unknown parameter: address\[street\]/,
  },
  {
    title: 'an absent required parameter is named',
    ask: 'POST /v1/products',
    status: 400,
    code: 'parameter_missing',
    param: 'name',
    message: 'Missing required param: name.',
  },
  {
    title: 'an empty string cannot unset what must be there',
    ask: 'POST /v1/prices?currency=usd&unit_amount=1&product=',
    status: 400,
    code: 'parameter_invalid_empty',
    param: 'product',
    message: /^You passed an empty string for 'product'\. We assume empty values/,
  },
  {
    title: 'a word that is none of the enum gets the list',
    ask: 'POST /v1/customers?tax_exempt=maybe',
    status: 400,
    param: 'tax_exempt',
    message: 'Invalid tax_exempt: must be one of none, exempt, or reverse',
  },
  {
    title: 'text where an integer belongs',
    ask: 'GET /v1/customers?limit=ten',
    status: 400,
    code: 'parameter_invalid_integer',
    param: 'limit',
    message: 'Invalid integer: ten',
  },
  {
    title: 'a limit above a hundred',
    ask: 'GET /v1/customers?limit=101',
    status: 400,
    code: 'parameter_invalid_integer',
    param: 'limit',
    message: "This value must be less than or equal to 100 (it currently is '101').",
  },
  {
    title: 'a limit of zero',
    ask: 'GET /v1/customers?limit=0',
    status: 400,
    code: 'parameter_invalid_integer',
    param: 'limit',
    message: /greater than or equal to 1/,
  },
  {
    title: 'an object where a string belongs',
    ask: 'POST /v1/customers?name[first]=x',
    status: 400,
    param: 'name',
    message: /^Invalid string/,
  },
  {
    title: 'a string where an object belongs',
    ask: 'POST /v1/customers?invoice_settings=x',
    status: 400,
    param: 'invoice_settings',
    message: 'Invalid object',
  },
  {
    title: 'a string where an array belongs',
    ask: 'POST /v1/customers?preferred_locales=en',
    status: 400,
    param: 'preferred_locales',
    message: 'Invalid array',
  },
  {
    title: 'text that is too long',
    ask: `POST /v1/customers?name=${'n'.repeat(257)}`,
    status: 400,
    param: 'name',
    message: /^Invalid string: nnnnnnnnnn\.\.\.nnnnnnnnnn; must be at most 256 characters$/,
  },
  {
    title: 'two parameters that exclude each other',
    ask: 'POST /v1/prices?currency=usd&unit_amount=1&product={product}&product_data[name]=x',
    status: 400,
    param: 'product',
    message: 'You may only specify one of these parameters: product, product_data.',
  },
  {
    title: 'metadata with too long a key',
    ask: `POST /v1/customers?metadata[${'k'.repeat(41)}]=x`,
    status: 400,
    message: /^Metadata keys can have up to 40 characters/,
  },
  {
    title: 'metadata with too long a value',
    ask: `POST /v1/customers?metadata[k]=${'v'.repeat(501)}`,
    status: 400,
    param: 'metadata[k]',
    message: /^Metadata values can have up to 500 characters/,
  },
  {
    title: 'more than fifty keys of metadata',
    ask: `POST /v1/customers?${Array.from({ length: 51 }, (_, n) => `metadata[k${n}]=v`).join('&')}`,
    status: 400,
    param: 'metadata',
    message: /^Metadata can have up to 50 keys/,
  },
  {
    title: 'a field that cannot be expanded',
    ask: 'GET /v1/customers/{customer}?expand[]=email',
    status: 400,
    message: 'This property cannot be expanded (email).',
  },
  {
    title: 'a list that is expanded without the data prefix',
    ask: 'GET /v1/prices?expand[]=product',
    status: 400,
    message:
      "This property cannot be expanded (product). You may want to try expanding 'data.product' instead.",
  },
  {
    title: 'five levels of expansion',
    ask: 'GET /v1/customers?expand[]=data.a.b.c.d',
    status: 400,
    code: 'property_expansion_max_depth',
    message: 'You cannot expand more than 4 levels of a property. Property: data.a.b.c.d',
  },
  {
    title: 'a cursor that does not exist',
    ask: 'GET /v1/customers?starting_after=cus_nope',
    status: 400,
    code: 'resource_missing',
    param: 'starting_after',
    message: "No such customer: 'cus_nope'",
  },
  ...['charges', 'invoices', 'payment_intents', 'subscriptions'].map((resource) => ({
    title: `a list of ${resource} filtered by a customer that never was`,
    ask: `GET /v1/${resource}?customer=cus_nope`,
    status: 400,
    code: 'resource_missing',
    param: 'customer',
    message: "No such customer: 'cus_nope'",
  })),
  {
    title: 'a list filtered by an object of the other mode',
    ask: 'GET /v1/subscriptions?customer={live}',
    status: 400,
    code: 'resource_missing',
    param: 'customer',
    message: /; a similar object exists in live mode/,
  },
  {
    title: 'an endpoint that asks for no version there could be',
    ask: 'POST /v1/webhook_endpoints?url=https://a.test&enabled_events[]=*&api_version=soon',
    status: 400,
    param: 'api_version',
    message: 'Invalid Stripe API version: soon',
  },
  {
    title: 'a parameter that Stripe has and the emulator does not',
    ask: 'POST /v1/customers?source=tok_visa',
    status: 400,
    param: 'source',
    message: 'The emulator does not support the parameter source yet.',
  },
  {
    title: 'an endpoint for all connected accounts',
    ask: 'POST /v1/webhook_endpoints?url=https://a.test&enabled_events[]=*&connect=true',
    status: 400,
    param: 'connect',
    message: /^The emulator has no endpoints for connected accounts/,
  },
  {
    title: 'a character that no statement shows',
    ask: 'POST /v1/products?name=x&statement_descriptor=<Pro>',
    status: 400,
    param: 'statement_descriptor',
    message: /^Invalid statement_descriptor/,
  },
  {
    title: 'what Stripe once previewed an invoice by is no id',
    ask: 'GET /v1/invoices/upcoming?customer={customer}',
    status: 404,
    message: /^Unrecognized request URL \(GET: \/v1\/invoices\/upcoming\)/,
  },
  {
    title: 'a lookup key that is taken',
    ask: 'POST /v1/prices?currency=usd&unit_amount=1&product={product}&lookup_key=pro_monthly',
    status: 400,
    param: 'lookup_key',
    message: /^A price \(`price_\w+`\) already uses that lookup key\.$/,
  },
  {
    title: 'a coupon id that is taken',
    ask: 'POST /v1/coupons?id=TENOFF&percent_off=5',
    status: 400,
    code: 'resource_already_exists',
    message: 'Coupon already exists.',
  },
  {
    title: 'a currency that does not exist',
    ask: 'POST /v1/prices?currency=xxx&unit_amount=1&product={product}',
    status: 400,
    param: 'currency',
    message: /^Invalid currency: xxx\. Stripe currently supports these currencies: usd, aed, afn/,
  },
  {
    title: 'a URL that is none',
    ask: 'POST /v1/billing_portal/configurations?features[invoice_history][enabled]=true&default_return_url=nowhere',
    status: 400,
    code: 'url_invalid',
    param: 'default_return_url',
    message: 'Not a valid URL',
  },
  {
    title: 'an e-mail address that is none',
    ask: 'POST /v1/customers?email=nobody',
    status: 400,
    code: 'email_invalid',
    param: 'email',
    message: 'Invalid email address: nobody',
  },
  {
    title: 'a card that is declined when attached',
    ask: 'POST /v1/payment_methods/pm_card_chargeDeclined/attach?customer={customer}',
    status: 402,
    type: 'card_error',
    code: 'card_declined',
    message: 'Your card was declined.',
  },
  {
    title: 'a card number that is not one of the published test numbers',
    ask: 'POST /v1/payment_methods?type=card&card[number]=4111111111111111&card[exp_month]=1&card[exp_year]=40',
    status: 402,
    type: 'card_error',
    code: 'card_declined',
    message: /The emulator takes only the test card numbers/,
  },
  {
    title: 'a path that leads nowhere names itself',
    ask: 'GET /v1/customer',
    status: 404,
    message: /^Unrecognized request URL \(GET: \/v1\/customer\)/,
  },
];

describe('refusals have the status, type, code, param and words of Stripe', () => {
  test.each(REFUSALS)('$title', async (refusal) => {
    const [method = '', target = ''] = refusal.ask.split(' ');
    const [path = '', params = ''] = target
      .replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? '')
      .split('?');
    const response = await fetch(
      `${loopback.url}${path}${method === 'GET' && params ? `?${params}` : ''}`,
      {
        method,
        headers: {
          authorization: 'Bearer sk_test_loopback',
          ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(method === 'POST' && { body: params }),
      },
    );
    const { error } = Object(await response.json());
    expect(error.message).toEqual(
      refusal.message instanceof RegExp ? expect.stringMatching(refusal.message) : refusal.message,
    );
    expect({ status: response.status, type: error.type, code: error.code }).toEqual({
      status: refusal.status,
      type: refusal.type ?? 'invalid_request_error',
      code: refusal.code,
    });
    if (refusal.param) expect(error.param).toBe(refusal.param);
    if (refusal.code && refusal.code !== 'property_expansion_max_depth') {
      expect(error.doc_url).toContain(refusal.code.replaceAll('_', '-'));
    }
    expect(response.headers.get('request-id')).toMatch(/^req_/);
  });
});

describe('keys', () => {
  test('a request without a key is refused with 401', async () => {
    const response = await fetch(`${loopback.url}/v1/customers`);
    expect(response.status).toBe(401);
    expect(Object(await response.json()).error.message).toMatch(/^You did not provide an API key/);
  });

  test('a key nobody issued is refused, and shown masked', async () => {
    await expect(
      loopback.client('sk_test_invalid_abcd1234').customers.list(),
    ).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
      statusCode: 401,
      message: 'Invalid API Key provided: sk_test_************1234',
    });
  });

  test('a revoked key and an expired one are refused', async () => {
    await loopback.control('POST', 'keys', { key: 'sk_test_once', state: 'revoked' });
    await expect(loopback.client('sk_test_once').customers.list()).rejects.toMatchObject({
      statusCode: 401,
      message: expect.stringMatching(/^Invalid API Key/),
    });
    await loopback.control('POST', 'keys', { key: 'sk_test_once', state: 'expired' });
    await expect(loopback.client('sk_test_once').customers.list()).rejects.toMatchObject({
      code: 'api_key_expired',
    });
  });

  test('a restricted key does what its rights allow, and learns which one it lacks', async () => {
    const key = 'rk_test_restricted';
    await loopback.control('POST', 'keys', { key, rights: ['rak_customer_read'] });
    const restricted = loopback.client(key);
    await expect(restricted.customers.list()).resolves.toMatchObject({ object: 'list' });
    await expect(restricted.customers.create()).rejects.toMatchObject({
      type: 'StripePermissionError',
      statusCode: 403,
      message: expect.stringContaining("Having the 'rak_customer_write' permission"),
    });
  });

  test('test and live keys see separate worlds', async () => {
    const live = await loopback.client('sk_live_loopback').customers.list({ limit: 100 });
    expect(live.data.map(({ id }) => id)).toEqual([ids.live]);
    expect(live.data[0]?.livemode).toBe(true);
  });
});

describe('malformed requests get an answer in the shape of an error, and never a 500', () => {
  const headers = { authorization: 'Bearer sk_test_loopback' };
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    ['a path that lacks its id', '/v1/subscriptions/', { headers }],
    ['a percent sign in the path', '/v1/customers/%zz', { headers }],
    ['a percent sign in the query', '/v1/customers?email=%zz', { headers }],
    ['half a UTF-8 sequence', '/v1/customers?email=%ff', { headers }],
    ['a null byte', '/v1/customers?email=a%00b', { headers }],
    ['names without an end', '/v1/customers?a[b=1&[c]=2&d[]]=3', { headers }],
    ['a value that is also an object', '/v1/customers?created=1&created[gt]=1', { headers }],
    ['__proto__ as a name', '/v1/customers?__proto__[x]=1&constructor=2', { headers }],
    ['a hundred levels of brackets', `/v1/customers?a${'[b]'.repeat(100)}=1`, { headers }],
    [
      '__proto__ in metadata',
      '/v1/customers',
      { method: 'POST', headers: form, body: 'metadata[__proto__]=1' },
    ],
    [
      'twenty thousand parameters',
      '/v1/customers',
      { method: 'POST', headers: form, body: 'a=1&'.repeat(20_000) },
    ],
    [
      'a JSON body',
      '/v1/customers',
      {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{"name":"x"}',
      },
    ],
    [
      'a body of two megabytes',
      '/v1/customers',
      { method: 'POST', headers: form, body: `name=${'x'.repeat(2_000_000)}` },
    ],
    ['a method nobody has', '/v1/customers', { method: 'PATCH', headers: form, body: 'name=x' }],
    ['a key that is not base64', '/v1/customers', { headers: { authorization: 'Basic %%%' } }],
    [
      'a version nobody released',
      '/v1/customers',
      { headers: { ...headers, 'stripe-version': 'soon' } },
    ],
    [
      'an account nobody has',
      '/v1/customers',
      { headers: { ...headers, 'stripe-account': 'acct_nope' } },
    ],
    [
      'an idempotency key of 300 letters',
      '/v1/customers',
      { method: 'POST', headers: { ...form, 'idempotency-key': 'k'.repeat(300) } },
    ],
  ])('%s', async (_title, path, init) => {
    const response = await fetch(`${loopback.url}${path}`, init);
    expect(response.status).toBeGreaterThanOrEqual(200);
    expect(response.status).toBeLessThan(500);
    if (response.status !== 200) {
      expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
    }
  });
});
