import type Stripe from 'stripe';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const e = emulatorForTests();

const GERMANY: Stripe.AddressParam = { country: 'DE' };

let price: Stripe.Price;

beforeAll(async () => {
  price = await e.recurringPrice({ amount: 2000 });
});

/** Gives countries rates of automatic tax. */
async function collect(rates: object): Promise<Response> {
  return e.emulator.app.request('/_emulator/tax', {
    method: 'POST',
    body: JSON.stringify(rates),
    headers: { 'content-type': 'application/json' },
  });
}

const vat = (rate: Partial<Stripe.TaxRateCreateParams> = {}) =>
  e.stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 19, ...rate });

const buyer = (params: Stripe.CustomerCreateParams = {}) =>
  e.stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
    ...params,
  });

async function firstInvoice(params: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const customer = params.customer ?? (await buyer()).id;
  const items = [{ price: price.id }];
  const subscription = await e.stripe.subscriptions.create({ items, ...params, customer });
  return e.stripe.invoices.retrieve(idOf(subscription.latest_invoice));
}

describe('tax rates', () => {
  test('are made, read, changed and listed', async () => {
    const rate = await vat({
      percentage: 7.25,
      country: 'de',
      jurisdiction: 'DE',
      tax_type: 'vat',
    });
    expect(rate).toMatchObject({
      object: 'tax_rate',
      active: true,
      country: 'DE',
      display_name: 'VAT',
      inclusive: false,
      percentage: 7.25,
      rate_type: 'percentage',
      tax_type: 'vat',
    });
    expect(await e.stripe.taxRates.retrieve(rate.id)).toEqual(rate);
    const changed = await e.stripe.taxRates.update(rate.id, {
      active: false,
      metadata: { a: 'b' },
    });
    expect(changed).toMatchObject({ active: false, metadata: { a: 'b' }, percentage: 7.25 });
    const { data } = await e.stripe.taxRates.list({ active: false, inclusive: false });
    expect(data.map(({ id }) => id)).toContain(rate.id);
    expect((await e.stripe.taxRates.list({ inclusive: true })).data).toEqual([]);
    expect(await e.eventTypes(rate.id)).toEqual(['tax_rate.created', 'tax_rate.updated']);
  });

  test('are refused when they are none', async () => {
    const { stripe } = e;
    await expect(vat({ percentage: 101 })).rejects.toMatchObject({ param: 'percentage' });
    await expect(vat({ display_name: '' })).rejects.toMatchObject({ param: 'display_name' });
    await expect(stripe.taxRates.retrieve('txr_x')).rejects.toMatchObject({
      statusCode: 404,
      message: "No such tax rate: 'txr_x'",
      param: 'tax_rate',
    });
  });

  test('that do not exist, or are archived, are refused wherever they are named', async () => {
    const { stripe } = e;
    const { id: customer } = await buyer();
    const items = [{ price: price.id }];
    const rates = { tax_rates: ['txr_x'] };
    const attempts: [string, Promise<unknown>][] = [
      [
        'default_tax_rates[0]',
        stripe.subscriptions.create({ customer, items, default_tax_rates: ['txr_x'] }),
      ],
      [
        'items[0][tax_rates][0]',
        stripe.subscriptions.create({ customer, items: [{ price: price.id, ...rates }] }),
      ],
      ['default_tax_rates[0]', stripe.invoices.create({ customer, default_tax_rates: ['txr_x'] })],
      [
        'tax_rates[0]',
        stripe.invoiceItems.create({ customer, amount: 5, currency: 'usd', ...rates }),
      ],
      [
        'line_items[0][tax_rates][0]',
        stripe.checkout.sessions.create({
          mode: 'subscription',
          success_url: 'https://a.example',
          line_items: [{ price: price.id, quantity: 1, ...rates }],
        }),
      ],
      [
        'subscription_data[default_tax_rates][0]',
        stripe.checkout.sessions.create({
          mode: 'subscription',
          success_url: 'https://a.example',
          line_items: [{ price: price.id, quantity: 1 }],
          subscription_data: { default_tax_rates: ['txr_x'] },
        }),
      ],
      [
        'phases[0][default_tax_rates][0]',
        stripe.subscriptionSchedules.create({
          customer,
          phases: [{ items, default_tax_rates: ['txr_x'], end_date: seconds('2099-01-01') }],
        }),
      ],
      [
        'subscription_details[default_tax_rates][0]',
        stripe.invoices.createPreview({
          customer,
          subscription_details: { items, default_tax_rates: ['txr_x'] },
        }),
      ],
      [
        'invoice_items[0][tax_rates][0]',
        stripe.invoices.createPreview({
          customer,
          invoice_items: [{ amount: 5, currency: 'usd', ...rates }],
        }),
      ],
    ];
    for (const [param, attempt] of attempts) {
      await expect(attempt).rejects.toMatchObject({
        message: "No such tax rate: 'txr_x'",
        code: 'resource_missing',
        param,
      });
    }
    const archived = await vat({ active: false });
    await expect(
      stripe.subscriptions.create({ customer, items, default_tax_rates: [archived.id] }),
    ).rejects.toThrow('archived');
  });
});

describe('tax by rates', () => {
  test('is put on what a subscription bills, by the items or by default', async () => {
    const added = await vat();
    const contained = await vat({ inclusive: true, percentage: 7, display_name: 'MwSt' });
    const other = await e.recurringPrice({ amount: 1070, name: 'Contained' });
    const { id: customer } = await buyer();
    const subscription = await e.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }, { price: other.id, tax_rates: [contained.id] }],
      default_tax_rates: [added.id],
    });
    expect(subscription.default_tax_rates).toMatchObject([{ id: added.id, percentage: 19 }]);
    expect(subscription.items.data[1]?.tax_rates).toMatchObject([{ id: contained.id }]);
    const invoice = await e.stripe.invoices.retrieve(idOf(subscription.latest_invoice));
    expect(invoice).toMatchObject({
      status: 'paid',
      subtotal: 3070,
      subtotal_excluding_tax: 3000,
      total: 3450,
      total_excluding_tax: 3000,
      amount_due: 3450,
      amount_paid: 3450,
      default_tax_rates: [{ id: added.id }],
      total_taxes: [
        {
          amount: 380,
          tax_behavior: 'exclusive',
          tax_rate_details: { tax_rate: added.id },
          taxability_reason: 'not_available',
          taxable_amount: 2000,
          type: 'tax_rate_details',
        },
        { amount: 70, tax_behavior: 'inclusive', taxable_amount: 1000 },
      ],
    });
    expect(invoice.lines.data.map(({ taxes }) => taxes?.map(({ amount }) => amount))).toEqual([
      [380],
      [70],
    ]);
    const [charge] = (await e.stripe.charges.list({ customer })).data;
    expect(charge?.amount).toBe(3450);
  });

  test('is on what discounts leave, and on nothing of an exempt customer', async () => {
    const rate = await vat();
    const coupon = await e.stripe.coupons.create({ percent_off: 25 });
    const params = { default_tax_rates: [rate.id], discounts: [{ coupon: coupon.id }] };
    expect(await firstInvoice(params)).toMatchObject({
      subtotal: 2000,
      total_excluding_tax: 1500,
      total: 1785,
      total_taxes: [{ amount: 285, taxable_amount: 1500 }],
    });
    const exempt = await buyer({ tax_exempt: 'exempt' });
    expect(await firstInvoice({ ...params, customer: exempt.id })).toMatchObject({
      total: 1500,
      total_taxes: [{ amount: 0, taxability_reason: 'customer_exempt', taxable_amount: 0 }],
    });
    const reverse = await buyer({ tax_exempt: 'reverse' });
    expect(await firstInvoice({ ...params, customer: reverse.id })).toMatchObject({
      total: 1500,
      total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }],
    });
  });

  test('follows an upgrade: what is given back and what is charged are both taxed', async () => {
    const rate = await vat();
    const { customer, clock } = await e.customerOnClock({ at: '2027-04-01' });
    const subscription = await e.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id, tax_rates: [rate.id] }],
    });
    await e.advance(clock, seconds('2027-04-16'));
    const item = present(subscription.items.data[0]).id;
    const dearer = await e.recurringPrice({ amount: 4000, name: 'Dearer' });
    const change: Stripe.SubscriptionUpdateParams = {
      items: [{ id: item, price: dearer.id }],
      proration_behavior: 'always_invoice',
    };
    const preview = await e.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: {
        items: [{ id: item, price: dearer.id }],
        proration_behavior: 'always_invoice',
      },
    });
    const updated = await e.stripe.subscriptions.update(subscription.id, change);
    const invoice = await e.stripe.invoices.retrieve(idOf(updated.latest_invoice));
    expect(invoice.lines.data.map(({ amount, taxes }) => [amount, taxes?.[0]?.amount])).toEqual([
      [-1000, -190],
      [2000, 380],
    ]);
    expect(invoice).toMatchObject({ subtotal: 1000, total: 1190, amount_paid: 1190 });
    expect(preview).toMatchObject({ total: 1190, total_taxes: invoice.total_taxes });
    expect(updated.items.data[0]?.tax_rates).toMatchObject([{ id: rate.id }]);

    const untaxed = await e.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, tax_rates: '' }],
    });
    expect(untaxed.items.data[0]?.tax_rates).toEqual([]);
    await e.advance(clock, seconds('2027-05-02'));
    const [renewal] = (await e.stripe.invoices.list({ customer })).data;
    expect(renewal).toMatchObject({ total: 4000, total_taxes: [] });
  });

  test('is put on invoices made by hand, their items and their lines', async () => {
    const { stripe } = e;
    const [added, low] = [await vat(), await vat({ percentage: 7 })];
    const { id: customer } = await buyer();
    const draft = await stripe.invoices.create({ customer, default_tax_rates: [added.id] });
    await stripe.invoiceItems.create({
      customer,
      invoice: draft.id,
      amount: 1000,
      currency: 'usd',
    });
    const item = await stripe.invoiceItems.create({
      customer,
      invoice: draft.id,
      amount: 1000,
      currency: 'usd',
      tax_rates: [low.id],
    });
    expect(item.tax_rates).toMatchObject([{ id: low.id }]);
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 2260 });
    await stripe.invoiceItems.update(item.id, { tax_rates: '' });
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 2380 });
    const line = present((await stripe.invoices.listLineItems(draft.id)).data[0]);
    await stripe.invoices.updateLineItem(draft.id, line.id, { tax_rates: [low.id] });
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 2260 });
    await stripe.invoices.update(draft.id, { default_tax_rates: '' });
    const open = await stripe.invoices.finalizeInvoice(draft.id);
    expect(open).toMatchObject({ total: 2070, total_taxes: [{ amount: 70 }] });
  });

  test('comes and goes with the phases of a schedule, and with extra items', async () => {
    const rate = await vat();
    const { customer, clock } = await e.customerOnClock({ at: '2027-01-01' });
    const items = [{ price: price.id, quantity: 1 }];
    const extra = await e.stripe.prices.create({
      currency: 'usd',
      unit_amount: 500,
      product: idOf(price.product),
    });
    await e.stripe.subscriptionSchedules.create({
      customer,
      start_date: seconds('2027-01-01'),
      phases: [
        { items, default_tax_rates: [rate.id], duration: { interval: 'month' } },
        {
          items,
          add_invoice_items: [{ price: extra.id, tax_rates: [rate.id] }],
          duration: { interval: 'month' },
        },
      ],
    });
    await e.advance(clock, seconds('2027-02-03'));
    const { data } = await e.stripe.invoices.list({ customer });
    expect(data.map(({ total }) => total).reverse()).toEqual([2380, 2595]);
  });
});

describe('automatic tax', () => {
  afterEach(() => collect({ DE: null, FR: null, US: null }));

  test('is what the country says, on prices that exclude and that contain it', async () => {
    expect((await collect({ DE: 19, FR: 20 })).status).toBe(200);
    const contained = await e.stripe.prices.create({
      currency: 'usd',
      unit_amount: 1190,
      recurring: { interval: 'month' },
      product: idOf(price.product),
      tax_behavior: 'inclusive',
    });
    const german = await buyer({ address: GERMANY });
    const invoice = await firstInvoice({
      customer: german.id,
      automatic_tax: { enabled: true },
      items: [{ price: price.id }, { price: contained.id }],
    });
    expect(invoice).toMatchObject({
      automatic_tax: {
        enabled: true,
        liability: { type: 'self' },
        provider: 'stripe',
        status: 'complete',
      },
      total: 2000 + 380 + 1190,
      total_excluding_tax: 3000,
      total_taxes: [
        { amount: 380, tax_behavior: 'exclusive', taxability_reason: 'standard_rated' },
        { amount: 190, tax_behavior: 'inclusive', taxable_amount: 1000 },
      ],
    });
    const rate = await e.stripe.taxRates.retrieve(
      present(invoice.total_taxes?.[0]?.tax_rate_details).tax_rate,
    );
    expect(rate).toMatchObject({ active: false, country: 'DE', percentage: 19, tax_type: 'vat' });
    const { tax } = await e.stripe.customers.retrieve(german.id, { expand: ['tax'] }).then(alive);
    expect(tax).toMatchObject({
      automatic_tax: 'supported',
      location: { country: 'DE', source: 'billing_address' },
    });
  });

  test('is none where none is collected', async () => {
    const spanish = await buyer({ address: { country: 'ES' } });
    expect(
      await firstInvoice({ customer: spanish.id, automatic_tax: { enabled: true } }),
    ).toMatchObject({
      automatic_tax: { status: 'complete' },
      total: 2000,
      total_taxes: [{ amount: 0, tax_rate_details: null, taxability_reason: 'not_collecting' }],
    });
  });

  test('needs to know where the customer is', async () => {
    const refused = { code: 'customer_tax_location_invalid', statusCode: 400 };
    const automatic_tax = { enabled: true };
    const { id: customer } = await buyer();
    await expect(firstInvoice({ customer, automatic_tax })).rejects.toMatchObject(refused);
    const american = await buyer({ address: { country: 'US', state: 'CA' } });
    await expect(firstInvoice({ customer: american.id, automatic_tax })).rejects.toMatchObject(
      refused,
    );
    await e.stripe.customers.update(american.id, {
      address: { country: 'US', postal_code: '94107' },
    });
    await firstInvoice({ customer: american.id, automatic_tax });
    await expect(e.stripe.customers.update(american.id, { address: '' })).rejects.toMatchObject(
      refused,
    );
    await expect(buyer({ tax: { validate_location: 'immediately' } })).rejects.toMatchObject(
      refused,
    );
    const plain = await e.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    await expect(e.stripe.subscriptions.update(plain.id, { automatic_tax })).rejects.toMatchObject(
      refused,
    );
  });

  test('is not put together with rates', async () => {
    const rate = await vat();
    const { id: customer } = await buyer({ address: GERMANY });
    await expect(
      firstInvoice({ customer, automatic_tax: { enabled: true }, default_tax_rates: [rate.id] }),
    ).rejects.toMatchObject({ param: 'default_tax_rates' });
  });

  test('cannot be calculated by hand without a place, which is told', async () => {
    await collect({ DE: 19 });
    const { id: customer } = await buyer();
    const draft = await e.stripe.invoices.create({ customer, automatic_tax: { enabled: true } });
    await e.stripe.invoiceItems.create({
      customer,
      invoice: draft.id,
      amount: 1000,
      currency: 'usd',
    });
    expect((await e.stripe.invoices.retrieve(draft.id)).automatic_tax.status).toBe(
      'requires_location_inputs',
    );
    await expect(e.stripe.invoices.finalizeInvoice(draft.id)).rejects.toMatchObject({
      code: 'customer_tax_location_invalid',
    });
    expect(await e.stripe.invoices.retrieve(draft.id)).toMatchObject({
      status: 'draft',
      last_finalization_error: { code: 'customer_tax_location_invalid' },
    });
    expect(await e.eventTypes(draft.id)).toContain('invoice.finalization_failed');
    await e.stripe.customers.update(customer, { address: GERMANY });
    expect(await e.stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({
      total: 1190,
      customer_address: { country: 'DE' },
      automatic_tax: { status: 'complete' },
    });
  });

  test('is turned off by a renewal for somebody who is nowhere any more', async () => {
    await collect({ DE: 19 });
    const { customer, clock } = await e.customerOnClock({ at: '2027-01-15' });
    await e.stripe.customers.update(customer, { address: GERMANY });
    const subscription = await e.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      automatic_tax: { enabled: true },
    });
    await e.stripe.customers.update(customer, {
      address: '',
      tax: { validate_location: 'deferred' },
    });
    await e.advance(clock, seconds('2027-02-16'));
    const { data } = await e.stripe.invoices.list({ customer });
    expect(data[1]).toMatchObject({ total: 2380 });
    expect(data[0]).toMatchObject({
      total: 2000,
      status: 'paid',
      automatic_tax: {
        enabled: false,
        disabled_reason: 'finalization_requires_location_inputs',
        status: null,
      },
    });
    expect((await e.stripe.subscriptions.retrieve(subscription.id)).automatic_tax).toMatchObject({
      enabled: false,
      disabled_reason: 'requires_location_inputs',
    });
    const listed = await e.stripe.subscriptions.list({
      customer,
      automatic_tax: { enabled: false },
    });
    expect(listed.data).toHaveLength(1);
  });

  test('is previewed, for an address that is only described too', async () => {
    await collect({ DE: 19, FR: 20 });
    const details: Stripe.InvoiceCreatePreviewParams = {
      automatic_tax: { enabled: true },
      subscription_details: { items: [{ price: price.id }] },
    };
    const total = async (params: Stripe.InvoiceCreatePreviewParams) =>
      (await e.stripe.invoices.createPreview({ ...details, ...params })).total;
    const { id: customer } = await buyer({ address: GERMANY });
    expect(await total({ customer })).toBe(2380);
    expect(await total({ customer, customer_details: { address: { country: 'FR' } } })).toBe(2400);
    expect(await total({ customer_details: { address: GERMANY } })).toBe(2380);
    expect(await total({ customer_details: { address: GERMANY, tax_exempt: 'reverse' } })).toBe(
      2000,
    );
    const nowhere = await buyer();
    const preview = await e.stripe.invoices.createPreview({ ...details, customer: nowhere.id });
    expect(preview).toMatchObject({
      total: 2000,
      automatic_tax: { status: 'requires_location_inputs' },
    });
    expect((await e.stripe.subscriptions.list({ customer })).data).toEqual([]);
  });

  test('is given rates by control, which are kept and can be taken away', async () => {
    expect(await (await collect({ DE: 19 })).json()).toEqual({ DE: 19 });
    expect(await (await collect({ FR: 20, DE: null })).json()).toEqual({ FR: 20 });
    const refused = await collect({ Germany: 19 });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: { message: expect.stringContaining('DE') },
    });
    expect((await collect({ DE: 101 })).status).toBe(400);
    expect(await (await e.emulator.app.request('/_emulator/tax')).json()).toEqual({ FR: 20 });
  });
});

describe('a credit note of a taxed invoice', () => {
  test('gives back each part of the tax once', async () => {
    const rate = await vat();
    const { id: customer } = await buyer();
    const invoice = await firstInvoice({
      customer,
      items: [{ price: price.id, quantity: 3 }],
      default_tax_rates: [rate.id],
    });
    expect(invoice.total).toBe(7140);
    const line = present(invoice.lines.data[0]).id;
    const note = await e.stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [{ type: 'invoice_line_item', invoice_line_item: line, amount: 3333 }],
      refund_amount: 3966,
    });
    expect(note).toMatchObject({
      subtotal: 3333,
      total_excluding_tax: 3333,
      total: 3966,
      total_taxes: [{ amount: 633, taxable_amount: 3333 }],
    });
    expect(note.lines.data[0]?.tax_rates).toMatchObject([{ id: rate.id }]);
    const rest = await e.stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [{ type: 'invoice_line_item', invoice_line_item: line, amount: 2667 }],
      refund_amount: 3174,
    });
    expect(note.total + rest.total).toBe(invoice.total);
  });

  test('can be taxed by itself', async () => {
    const rate = await vat();
    const { id } = await firstInvoice();
    const note = await e.stripe.creditNotes.create({
      invoice: id,
      lines: [{ type: 'custom_line_item', unit_amount: 1000, tax_rates: [rate.id] }],
      out_of_band_amount: 1190,
    });
    expect(note).toMatchObject({ subtotal: 1000, amount: 1190, total_taxes: [{ amount: 190 }] });
  });
});

function alive(customer: Stripe.Customer | Stripe.DeletedCustomer): Stripe.Customer {
  if (customer.deleted) throw new Error('the customer was deleted');
  return customer;
}
