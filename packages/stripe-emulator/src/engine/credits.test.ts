import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { present, seconds } from '../../test/objects';

const running = emulatorForTests();

const START = seconds('2027-01-01T00:00:00Z');
const RENEWAL = seconds('2027-02-01T00:00:00Z');
let meters = 0;

/** A customer on a clock of their own who is subscribed to a metered price of 10 cents. */
async function metered(more: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const { stripe } = running;
  const meter = await stripe.billing.meters.create({
    display_name: 'API calls',
    event_name: `credited_calls_${++meters}`,
    default_aggregation: { formula: 'sum' },
  });
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 10,
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    product_data: { name: 'API calls' },
  });
  const { clock, customer } = await running.customerOnClock({ at: '2027-01-01T00:00:00Z' });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    ...more,
  });
  const use = (value: number) =>
    stripe.billing.meterEvents.create({
      event_name: meter.event_name,
      payload: { stripe_customer_id: customer, value: String(value) },
    });
  return { clock, customer, meter, price, subscription, use };
}

async function grant(customer: string, more: Partial<Stripe.Billing.CreditGrantCreateParams> = {}) {
  return running.stripe.billing.creditGrants.create({
    customer,
    amount: { type: 'monetary', monetary: { currency: 'usd', value: 100 } },
    applicability_config: { scope: { price_type: 'metered' } },
    ...more,
  });
}

async function balanceOf(customer: string): Promise<unknown> {
  const { balances } = await running.stripe.billing.creditBalanceSummaries.retrieve({
    customer,
    filter: { type: 'applicability_scope', applicability_scope: { price_type: 'metered' } },
  });
  return balances.map(({ available_balance: has, ledger_balance: books }) => [
    has.monetary?.value,
    books.monetary?.value,
  ]);
}

async function moves(customer: string): Promise<unknown> {
  const { data } = await running.stripe.billing.creditBalanceTransactions.list({ customer });
  return data.map(({ credit, debit }) => [
    credit?.type ?? debit?.type,
    (credit ?? debit)?.amount.monetary?.value,
  ]);
}

async function latest(customer: string): Promise<Stripe.Invoice> {
  return present((await running.stripe.invoices.list({ customer })).data[0]);
}

describe('a credit grant', () => {
  test('has every field', async () => {
    const { customer } = await metered();
    const granted = await grant(customer, { name: 'Welcome', metadata: { why: 'new' } });
    expect(granted).toMatchObject({
      object: 'billing.credit_grant',
      amount: { monetary: { currency: 'usd', value: 100 }, type: 'monetary' },
      applicability_config: { scope: { price_type: 'metered' } },
      category: 'paid',
      customer,
      customer_account: null,
      effective_at: START,
      expires_at: null,
      livemode: false,
      metadata: { why: 'new' },
      name: 'Welcome',
      priority: 50,
      voided_at: null,
    });
    expect(await running.eventTypes(granted.id)).toEqual([
      'billing.credit_grant.created',
      'billing.credit_balance_transaction.created',
    ]);
  });

  test('pays for usage when the invoice is finalized, after discounts and before taxes', async () => {
    const { stripe } = running;
    const tax = await stripe.taxRates.create({
      display_name: 'VAT',
      inclusive: false,
      percentage: 20,
    });
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
    const { clock, customer, use } = await metered({
      default_tax_rates: [tax.id],
      discounts: [{ coupon: coupon.id }],
    });
    const later = await grant(customer, { priority: 60 });
    const sooner = await grant(customer, {
      amount: { type: 'monetary', monetary: { currency: 'usd', value: 70 } },
      expires_at: START + 90 * 86_400,
    });
    await use(20);
    await running.advance(clock, RENEWAL + 7200);
    const invoice = await latest(customer);
    expect(invoice).toMatchObject({ subtotal: 200, total: 12, amount_paid: 12 });
    const credits = present(invoice.total_pretax_credit_amounts);
    expect(credits.map(({ amount, type }) => [type, amount])).toEqual([
      ['discount', 20],
      ['credit_balance_transaction', 70],
      ['credit_balance_transaction', 100],
    ]);
    const transactions = await stripe.billing.creditBalanceTransactions.list({ customer });
    expect(transactions.data.map(({ credit_grant: of }) => of).slice(0, 2)).toEqual([
      later.id,
      sooner.id,
    ]);
    expect(transactions.data[0]?.debit?.credits_applied).toEqual({
      invoice: invoice.id,
      invoice_line_item: invoice.lines.data[0]?.id,
    });
    expect(await balanceOf(customer)).toEqual([[0, 0]]);
    const page = await (await fetch(present(invoice.hosted_invoice_url))).text();
    expect(page).toContain('Credit grant applied');
  });

  test('gets back what a void invoice took', async () => {
    const { clock, customer, subscription, use } = await metered({
      collection_method: 'send_invoice',
      days_until_due: 30,
    });
    await grant(customer);
    await use(20);
    await running.advance(clock, RENEWAL + 7200);
    const invoice = await latest(customer);
    expect(invoice).toMatchObject({ amount_due: 100, status: 'open' });
    await running.stripe.invoices.voidInvoice(invoice.id);
    expect(await balanceOf(customer)).toEqual([[100, 100]]);
    expect(await moves(customer)).toEqual([
      ['credits_application_invoice_voided', 100],
      ['credits_applied', 100],
      ['credits_granted', 100],
    ]);
    expect(subscription.collection_method).toBe('send_invoice');
  });

  test('ends by its time, by hand, or void, and is effective only from its day', async () => {
    const { clock, customer } = await metered();
    const { creditGrants } = running.stripe.billing;
    const expired = await grant(customer);
    const voided = await grant(customer);
    await grant(customer, { expires_at: START + 3600 });
    await grant(customer, { effective_at: START + 7200 });
    expect(await balanceOf(customer)).toEqual([[300, 400]]);
    await creditGrants.expire(expired.id);
    await creditGrants.voidGrant(voided.id);
    await running.advance(clock, START + 3600);
    expect(await balanceOf(customer)).toEqual([[0, 100]]);
    await running.advance(clock, START + 7200);
    expect(await balanceOf(customer)).toEqual([[100, 100]]);
    await expect(creditGrants.expire(expired.id)).rejects.toThrow('expired already');
    await expect(creditGrants.voidGrant(voided.id)).rejects.toThrow('voided already');
  });

  test('is refused for what credits cannot pay', async () => {
    const { customer } = await metered();
    const flat = await running.recurringPrice();
    await expect(
      grant(customer, { applicability_config: { scope: { prices: [{ id: flat.id }] } } }),
    ).rejects.toMatchObject({ param: 'prices[0][id]' });
    await expect(grant(customer, { expires_at: START })).rejects.toMatchObject({
      param: 'expires_at',
    });
    await expect(grant('cus_none')).rejects.toMatchObject({ param: 'customer' });
  });
});

describe('usage above a threshold', () => {
  test('is billed before the period is over, and the rest at its end', async () => {
    const { clock, customer, use } = await metered({ billing_thresholds: { amount_gte: 100 } });
    await use(6);
    await running.advance(clock, START + 60);
    await use(5);
    await running.advance(clock, START + 7200);
    expect(await latest(customer)).toMatchObject({
      billing_reason: 'subscription_threshold',
      status: 'paid',
      total: 110,
    });
    await use(2);
    await running.advance(clock, RENEWAL + 7200);
    expect(await latest(customer)).toMatchObject({
      billing_reason: 'subscription_cycle',
      total: 20,
    });
  });

  test('of an item is counted, and can begin a new period', async () => {
    const { clock, customer, subscription, use } = await metered({
      billing_thresholds: { reset_billing_cycle_anchor: true, amount_gte: 100_000 },
    });
    await running.stripe.subscriptions.update(subscription.id, {
      items: [{ id: present(subscription.items.data[0]).id, billing_thresholds: { usage_gte: 5 } }],
    });
    await use(7);
    await running.advance(clock, START + 7200);
    expect((await latest(customer)).total).toBe(70);
    const renewed = await running.stripe.subscriptions.retrieve(subscription.id);
    expect(renewed.billing_cycle_anchor).toBe(START + 1);
  });

  test('sets off an alert once for each customer', async () => {
    const { alerts } = running.stripe.billing;
    const { customer, meter, use } = await metered();
    await use(3);
    const alert = await alerts.create({
      alert_type: 'usage_threshold',
      title: 'Many calls',
      usage_threshold: {
        filters: [{ type: 'customer', customer }],
        gte: 10,
        meter: meter.id,
        recurrence: 'one_time',
      },
    });
    expect(alert).toMatchObject({ object: 'billing.alert', status: 'active' });
    await use(8);
    await use(5);
    await use(5);
    const { data } = await running.stripe.events.list({ type: 'billing.alert.triggered' });
    expect(data.map((event) => event.data.object)).toMatchObject([
      { alert: { id: alert.id }, customer, object: 'billing.alert_triggered', value: 13 },
    ]);
    await alerts.deactivate(alert.id);
    await expect(alerts.deactivate(alert.id)).rejects.toThrow('already inactive');
    await alerts.activate(alert.id);
    expect((await alerts.list({ meter: meter.id })).data).toHaveLength(1);
    expect(await alerts.archive(alert.id)).toMatchObject({ status: 'archived' });
    expect((await alerts.list({ meter: meter.id })).data).toEqual([]);
  });
});
