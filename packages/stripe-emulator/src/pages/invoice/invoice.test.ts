import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, portal, type Shop, subscribe } from '../../../test/shop';
import { startEmulator, type TestEmulator } from '../../../test/start-emulator';
import { Visitor } from '../../../test/visitor';

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };

let pages: TestEmulator;
let shop: Shop;
let visitor: Visitor;

beforeEach(async () => {
  pages = await startEmulator();
  shop = openShop(pages);
  visitor = new Visitor();
});

afterEach(() => pages.close());

function latestInvoice() {
  return pages.emulator.run('test', (ctx) => [...ctx.world.invoice.walk()][0]);
}

/** A subscription whose first payment failed, so that its invoice is open. */
function openInvoice() {
  const failing = pages.create('/v1/payment_methods/pm_card_chargeCustomerFail/attach', {
    customer: shop.customer,
  });
  const id = pages.create('/v1/subscriptions', {
    customer: shop.customer,
    items: [{ price: shop.prices.proMonth }],
    default_payment_method: failing.id,
    payment_behavior: 'allow_incomplete',
  }).id;
  return { id, url: latestInvoice()?.hosted_invoice_url ?? '' };
}

test('a paid invoice shows its lines and has a PDF', async () => {
  subscribe(pages, shop);
  await visitor.open(latestInvoice()?.hosted_invoice_url ?? '');
  expect(visitor.text).toContain('1 × Pro (at $12.00 / month) $12.00');
  expect(visitor.text).toContain('Amount due $0.00');
  expect(visitor.actions).not.toContain('Pay $12.00');

  const pdf = await fetch(latestInvoice()?.invoice_pdf ?? '');
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(await pdf.text()).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\n$/);
});

test('credit notes are shown with their invoice, and have PDFs of their own', async () => {
  const { url } = openInvoice();
  const invoice = latestInvoice()?.id;
  const { id } = pages.create('/v1/credit_notes', { invoice, amount: 500, memo: 'For you' });
  const note = pages.emulator.run('test', (ctx) => ctx.get('credit_note', id));
  await visitor.open(url);
  expect(visitor.text).toContain('Credit notes -$5.00');
  expect(visitor.text).toContain('Amount due $7.00');
  expect(visitor.actions).toContain('Pay $7.00');

  const pdf = await fetch(note.pdf);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.headers.get('cache-control')).toBe('no-store');
  expect(await pdf.text()).toContain('(For you)');
  expect((await fetch(note.pdf.replace('/pdf', 'x/pdf'))).status).toBe(404);

  await visitor.open(portal(pages, shop));
  expect(visitor.text).toContain(': -$5.00');
});

test('a PDF is written in letters that its font has', async () => {
  pages.create(`/v1/customers/${shop.customer}`, { preferred_locales: ['ja'] });
  subscribe(pages, shop);
  const pdf = await (await fetch(latestInvoice()?.invoice_pdf ?? '')).text();
  expect(pdf).not.toContain('?');
  await visitor.open(latestInvoice()?.hosted_invoice_url ?? '');
  expect(visitor.text).toContain('年');
});

test('a PDF keeps the whole of a long description, and no name in letters its font lacks', async () => {
  pages.create(`/v1/products/${shop.products.pro}`, {
    name: `${'Long words '.repeat(20)}to the end`,
  });
  pages.create(`/v1/customers/${shop.customer}`, { name: '山田 太郎', address: { city: 'Łódź' } });
  subscribe(pages, shop);
  const reply = await fetch(latestInvoice()?.invoice_pdf ?? '');
  const pdf = Buffer.from(await reply.arrayBuffer()).toString('latin1');
  expect(pdf).toContain('(Lódz)');
  expect(pdf).toContain('the end \\(at $12.00 / month\\)');
  expect(pdf).not.toContain('?');
});

test('a void invoice asks for nothing', async () => {
  const { url } = openInvoice();
  pages.create(`/v1/invoices/${latestInvoice()?.id}/void`, {});
  await visitor.open(url);
  expect(visitor.text).toContain('Void');
  expect(visitor.text).not.toContain('Amount due');
  expect(visitor.actions).not.toContain('Pay $12.00');
});

test('an open invoice is paid with a new card, and the subscription runs', async () => {
  const { id, url } = openInvoice();
  await visitor.open(url);
  await visitor.press('Pay $12.00', { payment_method: 'new', ...CARD });
  expect(visitor.text).toContain('The invoice is paid.');
  const status = pages.emulator.run('test', (ctx) => ctx.get('subscription', id).status);
  expect(status).toBe('active');
});

test('a declined card leaves the invoice open', async () => {
  const { url } = openInvoice();
  await visitor.open(url);
  await visitor.press('Pay $12.00');
  expect(visitor.page.status).toBe(402);
  expect(visitor.text).toContain('Your card was declined.');
  expect(latestInvoice()?.status).toBe('open');
});

test('a card that needs authentication pays once it is given', async () => {
  const { url } = openInvoice();
  await visitor.open(url);
  const asking = { payment_method: 'new', ...CARD, card_number: '4000002760003184' };
  await visitor.press('Pay $12.00', asking);
  await visitor.press('Fail authentication');
  expect(latestInvoice()?.status).toBe('open');
  await visitor.press('Pay $12.00', asking);
  await visitor.press('Complete authentication');
  expect(latestInvoice()?.status).toBe('paid');
});

test('a token that is no invoice’s is not found', async () => {
  await visitor.open(`${pages.url}/i/test_aW5fMQ`);
  expect(visitor.page.status).toBe(404);
});
