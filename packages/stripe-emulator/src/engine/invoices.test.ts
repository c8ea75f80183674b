import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();

async function draft(amount = 1500) {
  const { stripe } = running;
  const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
  const invoice = await stripe.invoices.create({ customer });
  await stripe.invoiceItems.create({ customer, invoice: invoice.id, amount, currency: 'usd' });
  return { customer, clock, id: invoice.id };
}

describe('the states of an invoice', () => {
  test('a draft becomes open with number, page and PDF, and is paid once', async () => {
    const { stripe } = running;
    const { id } = await draft();
    expect(await stripe.invoices.retrieve(id)).toMatchObject({
      status: 'draft',
      number: null,
      hosted_invoice_url: null,
      total: 1500,
    });
    const open = await stripe.invoices.finalizeInvoice(id);
    expect(open).toMatchObject({ status: 'open', amount_due: 1500, amount_remaining: 1500 });
    expect(open.hosted_invoice_url).toMatch(/^http:\/\/localhost:\d+\/i\/\w+$/);
    expect(open.invoice_pdf).toBe(`${open.hosted_invoice_url}/pdf`);
    const paid = await stripe.invoices.pay(id, { expand: ['payments'] });
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 1500, amount_remaining: 0 });
    expect(present(paid.payments).data).toMatchObject([{ status: 'paid', amount_paid: 1500 }]);
    await expect(stripe.invoices.pay(id)).rejects.toMatchObject({ code: 'invoice_already_paid' });
    expect(await running.eventTypes(id)).toEqual([
      'invoice.created',
      'invoiceitem.created',
      'invoice.updated',
      'invoice.finalized',
      'invoice_payment.paid',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
    ]);
  });

  test.each([
    ['finalize', 'open', 'finalizeInvoice'],
    ['void a draft', 'draft', 'voidInvoice'],
    ['mark a draft uncollectible', 'draft', 'markUncollectible'],
    ['void a paid one', 'paid', 'voidInvoice'],
    ['pay a void one', 'void', 'pay'],
  ] as const)('it is refused to %s when it is %s', async (_what, status, verb) => {
    const { stripe } = running;
    const { id } = await draft();
    if (status !== 'draft') await stripe.invoices.finalizeInvoice(id);
    if (status === 'paid') await stripe.invoices.pay(id);
    if (status === 'void') await stripe.invoices.voidInvoice(id);
    await expect(stripe.invoices[verb](id)).rejects.toMatchObject({ statusCode: 400 });
  });

  test('an open invoice can be void or uncollectible, an uncollectible one still paid', async () => {
    const { stripe } = running;
    const first = await draft();
    await stripe.invoices.finalizeInvoice(first.id);
    expect(await stripe.invoices.voidInvoice(first.id)).toMatchObject({ status: 'void' });
    const second = await draft();
    await stripe.invoices.finalizeInvoice(second.id);
    expect(await stripe.invoices.markUncollectible(second.id)).toMatchObject({
      status: 'uncollectible',
    });
    expect(await stripe.invoices.pay(second.id)).toMatchObject({ status: 'paid' });
  });

  test('only drafts are deleted, and only drafts are edited', async () => {
    const { stripe } = running;
    const { id } = await draft();
    await stripe.invoices.update(id, { description: 'Thanks', metadata: { a: '1' } });
    await stripe.invoices.finalizeInvoice(id);
    await expect(stripe.invoices.update(id, { description: 'No' })).rejects.toMatchObject({
      code: 'invoice_not_editable',
    });
    expect((await stripe.invoices.update(id, { metadata: { b: '2' } })).metadata).toEqual({
      a: '1',
      b: '2',
    });
    await expect(stripe.invoices.del(id)).rejects.toMatchObject({ statusCode: 400 });
    const other = await draft();
    expect(await stripe.invoices.del(other.id)).toMatchObject({ deleted: true });
  });

  test('numbers count up for each customer alone', async () => {
    const { stripe } = running;
    const { customer, id } = await draft();
    const first = await stripe.invoices.finalizeInvoice(id);
    const next = await stripe.invoices.create({ customer });
    const second = await stripe.invoices.finalizeInvoice(next.id);
    expect(present(first.number)).toMatch(/-0001$/);
    expect(second.number).toBe(present(first.number).replace(/1$/, '2'));
    expect(second).toMatchObject({ status: 'paid', amount_due: 0 });
  });

  test('an automatic invoice is finalized and charged after an hour', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-04-01T00:00:00Z' });
    await stripe.invoiceItems.create({ customer, amount: 700, currency: 'usd' });
    const invoice = await stripe.invoices.create({
      customer,
      auto_advance: true,
      pending_invoice_items_behavior: 'include',
    });
    expect(invoice).toMatchObject({
      total: 700,
      automatically_finalizes_at: seconds('2027-04-01T01:00:00Z'),
    });
    await running.advance(clock, seconds('2027-04-01T01:00:00Z'));
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid' });
  });
});

describe('discounts on invoices', () => {
  test.each([
    ['once', {}, [1000, 2000, 2000, 2000]],
    ['repeating', { duration_in_months: 2 }, [1000, 1000, 2000, 2000]],
    ['forever', {}, [1000, 1000, 1000, 1000]],
  ] as const)('a coupon %s takes half off the right months', async (duration, more, totals) => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-01-31T00:00:00Z' });
    const price = await running.recurringPrice();
    const coupon = await stripe.coupons.create({ percent_off: 50, duration, ...more });
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      discounts: [{ coupon: coupon.id }],
    });
    await running.advance(clock, seconds('2027-04-30T02:00:00Z'));
    const { data } = await stripe.invoices.list({ subscription: id });
    expect(data.map((invoice) => invoice.total).reverse()).toEqual(totals);
    expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1 });
  });

  test('a coupon for once waits for the end of a trial, which costs nothing', async () => {
    const { stripe } = running;
    const { customer, clock } = await running.customerOnClock({ at: '2027-01-01T00:00:00Z' });
    const price = await running.recurringPrice();
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const { id, discounts } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      discounts: [{ coupon: coupon.id }],
      trial_period_days: 14,
    });
    expect(discounts).toHaveLength(1);
    await running.advance(clock, seconds('2027-02-15T02:00:00Z'));
    const { data } = await stripe.invoices.list({ subscription: id });
    expect(data.map((invoice) => invoice.total).reverse()).toEqual([0, 1000, 2000]);
  });

  test('a promotion code is refused below its minimum', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-01-01T00:00:00Z' });
    const price = await running.recurringPrice();
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      restrictions: { minimum_amount: 4000, minimum_amount_currency: 'usd' },
    });
    const subscribe = (quantity: number) =>
      stripe.subscriptions.create({
        customer,
        items: [{ price: price.id, quantity }],
        discounts: [{ promotion_code: code.id }],
      });
    await expect(subscribe(1)).rejects.toMatchObject({
      statusCode: 400,
      param: 'discounts[0][promotion_code]',
    });
    await expect(subscribe(2)).resolves.toMatchObject({ status: 'active' });
  });

  test('a promotion code shows on invoice, line and subscription', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-01-31T00:00:00Z' });
    const price = await running.recurringPrice();
    const coupon = await stripe.coupons.create({
      amount_off: 500,
      currency: 'usd',
      duration: 'forever',
    });
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'FRIENDS5',
    });
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      discounts: [{ promotion_code: code.id }],
      expand: ['discounts', 'latest_invoice'],
    });
    expect(subscription.discounts).toMatchObject([
      { promotion_code: code.id, source: { coupon: coupon.id, type: 'coupon' } },
    ]);
    expect(subscription.latest_invoice).toMatchObject({
      subtotal: 2000,
      total: 1500,
      total_discount_amounts: [{ amount: 500 }],
      lines: { data: [{ amount: 2000, discount_amounts: [{ amount: 500 }] }] },
    });
  });
});

describe('entitlements', () => {
  test('follow the subscription and are told about', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({ at: '2027-01-31T00:00:00Z' });
    const price = await running.recurringPrice();
    const feature = await stripe.entitlements.features.create({
      name: 'Exports',
      lookup_key: 'exports',
    });
    await stripe.products.createFeature(idOf(price.product), { entitlement_feature: feature.id });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    const granted = await stripe.entitlements.activeEntitlements.list({ customer });
    expect(granted.data).toMatchObject([{ lookup_key: 'exports', feature: feature.id }]);
    await stripe.subscriptions.cancel(id);
    const gone = await stripe.entitlements.activeEntitlements.list({ customer });
    expect(gone.data).toEqual([]);
    const types = await running.eventTypes(customer);
    const summaries = types.filter(
      (type) => type === 'entitlements.active_entitlement_summary.updated',
    );
    expect(summaries).toHaveLength(2);
  });
});
