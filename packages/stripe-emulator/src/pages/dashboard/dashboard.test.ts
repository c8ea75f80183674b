import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, type Shop, subscribe } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';

let pages: TestEmulator;
let shop: Shop;
let visitor: Visitor;

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  visitor = new Visitor();
});

afterEach(() => pages.close());

/** What a browser sends with a form of the dashboard's own page. */
function post(
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  return fetch(`${pages.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
  });
}

test('a customer is found by email, and their page has everything of theirs', async () => {
  const id = subscribe(pages, shop);
  await visitor.open(`${pages.url}/?q=ADA@`);
  expect(visitor.text).toContain(shop.customer);
  await visitor.open(`${pages.url}/customers/${shop.customer}`);
  for (const word of [id, 'Pro · $12.00 per month', 'Visa •••• 4242', 'invoice.paid']) {
    expect(visitor.text).toContain(word);
  }
  await visitor.open(`${pages.url}/?q=${id}`);
  expect(visitor.page.url).toBe(`${pages.url}/objects/${id}`);
});

test('a request is shown with its parameters, reply and idempotency key', async () => {
  const response = await fetch(`${pages.url}/v1/customers`, {
    method: 'POST',
    body: new URLSearchParams({ email: 'x@example.com', colour: 'red' }),
    headers: { authorization: 'Bearer sk_test_1', 'idempotency-key': 'once-only' },
  });
  expect(response.status).toBe(400);
  await visitor.open(`${pages.url}/requests?failed=yes`);
  for (const word of ['400', '/v1/customers', 'colour', 'parameter_unknown', 'once-only']) {
    expect(visitor.text).toContain(word);
  }
  await visitor.open(`${pages.url}/requests/${response.headers.get('request-id')}`);
  expect(visitor.page.status).toBe(200);
  await post('/requests/clear');
  expect(pages.emulator.core.requests.all).toEqual([]);
});

test('a delivery that nobody answers is shown with its tries and sent again', async () => {
  pages.create('/v1/webhook_endpoints', { url: 'http://127.0.0.1:9/', enabled_events: ['*'] });
  pages.create('/v1/customers', { email: 'hook@example.com' });
  await visitor.open(`${pages.url}/deliveries?failed=yes`);
  expect(visitor.text).toContain('customer.created');
  const event = /\/deliveries\/(evt_[^/]+)\/resend/.exec(visitor.page.html)?.[1];
  const resent = await post(`/deliveries/${event}/resend`);
  expect(resent.status).toBe(303);
  await visitor.open(`${pages.url}${resent.headers.get('location')}`);
  expect(visitor.text).toContain('http://127.0.0.1:9/');
  expect(visitor.actions).toContain('Resend');
  expect((await post('/deliveries/evt_1nothing/resend')).status).toBe(404);
});

test('a connected account has a dashboard of its own', async () => {
  const account = pages.create('/v1/accounts', {}).id;
  await fetch(`${pages.url}/v1/customers`, {
    method: 'POST',
    body: new URLSearchParams({ email: 'theirs@example.com' }),
    headers: { authorization: 'Bearer sk_test_1', 'stripe-account': account },
  });
  await visitor.open(`${pages.url}/`);
  expect(visitor.text).not.toContain('theirs@example.com');
  expect(visitor.actions).toContain(`see ${account}`);
  await visitor.open(`${pages.url}/?account=${account}`);
  expect(visitor.text).toContain('theirs@example.com');
  const customer = /\/customers\/(cus_\w+)/.exec(visitor.page.html)?.[0];
  await visitor.open(`${pages.url}${customer}`);
  expect(visitor.text).toContain('customer.created');
});

test('the clock is advanced by a month, and renewals happen on the way', async () => {
  const id = subscribe(pages, shop);
  const before = pages.emulator.core.clock.now();
  await post('/clock', { step: 'month' });
  await post('/clock', { step: 'day' });
  expect(pages.emulator.core.clock.now()).toBeGreaterThan(before + 28 * 86_400);
  const invoices = pages.emulator.run('test', (ctx) => [...ctx.by('invoice', 'subscription', id)]);
  expect(invoices.map(({ billing_reason }) => billing_reason)).toEqual([
    'subscription_cycle',
    'subscription_create',
  ]);
  expect((await post('/clock', { to: '2020-01-01T00:00' })).status).toBe(422);
});

test('a test clock is advanced', async () => {
  const frozen_time = pages.emulator.core.clock.now();
  const { id } = pages.create('/v1/test_helpers/test_clocks', { frozen_time, name: 'Renewals' });
  await visitor.open(`${pages.url}/clock`);
  expect(visitor.text).toContain('Renewals');
  expect((await post(`/clock/${id}`, { step: 'day' })).status).toBe(303);
});

test('faults are set, listed and cleared', async () => {
  expect((await post('/faults', { on: '*', kind: 'nonsense' })).status).toBe(422);
  await post('/faults', { on: 'payment', kind: 'fail', times: '2', decline_code: 'lost_card' });
  await visitor.open(`${pages.url}/faults`);
  expect(visitor.text).toContain('fail on payment · lost_card 2 more');
  await post('/faults/clear');
  expect(pages.emulator.core.faults.all).toEqual([]);
});

test('another site’s page can change nothing and read nothing', async () => {
  const changes: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of changes) {
    expect((await post('/clock', { step: 'year' }, headers)).status).toBe(403);
    expect((await post('/faults', { on: '*', kind: 'hang' }, headers)).status).toBe(403);
  }
  const older = await fetch(`${pages.url}/faults/clear`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
  });
  expect(older.status).toBe(403);
  const rebound = await pages.emulator.app.request('/', { headers: { host: 'evil.example' } });
  expect(rebound.status).toBe(403);
});

test('every page of the dashboard opens, empty or not, in either mode', async () => {
  subscribe(pages, shop);
  for (const path of ['/', '/requests', '/events', '/deliveries', '/clock', '/faults']) {
    for (const mode of ['', '?mode=live']) {
      await visitor.open(`${pages.url}${path}${mode}`);
      expect(visitor.page.status, path + mode).toBe(200);
    }
  }
  await visitor.open(`${pages.url}/customers/cus_nobody`);
  expect(visitor.page.status).toBe(404);
});
