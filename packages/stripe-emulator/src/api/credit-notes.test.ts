import type Stripe from 'stripe';
import { beforeAll, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const e = emulatorForTests();

let price: string;

beforeAll(async () => {
  price = (await e.recurringPrice({ amount: 2000 })).id;
});

interface Billed {
  customer: string;
  invoice: Stripe.Invoice;
  line: Stripe.InvoiceLineItem;
}

/** An invoice over three units at $20.00. */
async function billed(
  collection: Stripe.SubscriptionCreateParams,
  customer?: Stripe.CustomerCreateParams,
): Promise<Billed> {
  const { id } = await e.stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
    ...customer,
  });
  const { latest_invoice } = await e.stripe.subscriptions.create({
    customer: id,
    items: [{ price, quantity: 3 }],
    ...collection,
  });
  const invoice = await e.stripe.invoices.retrieve(idOf(latest_invoice));
  return { customer: id, invoice, line: present(invoice.lines.data[0]) };
}

const paidInvoice = () => billed({});

async function openInvoice(customer?: Stripe.CustomerCreateParams): Promise<Billed> {
  const sent = await billed({ collection_method: 'send_invoice', days_until_due: 30 }, customer);
  const invoice = await e.stripe.invoices.finalizeInvoice(sent.invoice.id);
  return { ...sent, invoice };
}

describe('a credit note of an open invoice', () => {
  test('takes off what is owed, and voided puts it back', async () => {
    const { invoice, line, customer } = await openInvoice();
    const note = await e.stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [{ type: 'invoice_line_item', invoice_line_item: line.id, quantity: 1 }],
      reason: 'order_change',
      memo: 'One seat less',
      metadata: { ticket: '7' },
    });
    expect(note).toMatchObject({
      object: 'credit_note',
      amount: 2000,
      customer,
      number: `${invoice.number}-CN-01`,
      pre_payment_amount: 2000,
      post_payment_amount: 0,
      reason: 'order_change',
      status: 'issued',
      subtotal: 2000,
      total: 2000,
      type: 'pre_payment',
      refunds: [],
      total_taxes: [],
    });
    expect(note.effective_at).toBe(note.created);
    expect(note.lines.data[0]).toMatchObject({
      amount: 2000,
      description: line.description,
      invoice_line_item: line.id,
      quantity: 1,
      type: 'invoice_line_item',
      unit_amount: 2000,
    });
    const reduced = await e.stripe.invoices.retrieve(invoice.id, { expand: ['payments'] });
    expect(reduced).toMatchObject({
      amount_due: 4000,
      amount_remaining: 4000,
      pre_payment_credit_notes_amount: 2000,
      post_payment_credit_notes_amount: 0,
      status: 'open',
      total: 6000,
    });
    const payment = present(reduced.payments?.data[0]);
    expect(payment.amount_requested).toBe(4000);
    const intent = await e.stripe.paymentIntents.retrieve(idOf(payment.payment.payment_intent));
    expect(intent.amount).toBe(4000);

    const voided = await e.stripe.creditNotes.voidCreditNote(note.id);
    expect(voided).toMatchObject({ status: 'void', voided_at: expect.any(Number) });
    expect(await e.stripe.invoices.retrieve(invoice.id)).toMatchObject({
      amount_due: 6000,
      amount_remaining: 6000,
      pre_payment_credit_notes_amount: 0,
    });
    expect(await e.eventTypes(note.id)).toEqual(['credit_note.created', 'credit_note.voided']);
    await expect(e.stripe.creditNotes.voidCreditNote(note.id)).rejects.toThrow('already void');
    expect(await e.stripe.invoices.pay(invoice.id)).toMatchObject({ amount_paid: 6000 });
  });

  test('over all that is owed pays the invoice, and what it bills runs', async () => {
    const { stripe } = e;
    const { id: customer } = await stripe.customers.create();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      payment_behavior: 'default_incomplete',
    });
    const invoice = idOf(subscription.latest_invoice);
    const note = await stripe.creditNotes.create({ invoice, amount: 2000 });
    expect(note).toMatchObject({ pre_payment_amount: 2000, type: 'pre_payment' });
    expect(note.lines.data).toMatchObject([
      { type: 'custom_line_item', amount: 2000, quantity: 1 },
    ]);
    const paid = await stripe.invoices.retrieve(invoice, { expand: ['payments'] });
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 0, amount_remaining: 0 });
    expect(paid.payments?.data[0]?.status).toBe('canceled');
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'active',
    });
    expect((await e.eventTypes(customer)).slice(-6)).toEqual([
      'invoice.updated',
      'payment_intent.canceled',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
    ]);
    await expect(stripe.creditNotes.voidCreditNote(note.id)).rejects.toThrow('invoice is open');
  });

  test('gives back what was applied of the balance when it is over what is owed', async () => {
    const { invoice, customer } = await openInvoice({
      balance: -1500,
      payment_method: 'pm_card_visa',
    });
    expect(invoice).toMatchObject({ amount_due: 4500 });
    await expect(
      e.stripe.creditNotes.create({ invoice: invoice.id, amount: 6000 }),
    ).rejects.toThrow(
      'The sum of credit amount, refund amount and out of band amount ($0.00) must equal the post payment amount ($15.00).',
    );
    const note = await e.stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 6000,
      credit_amount: 1500,
    });
    expect(note).toMatchObject({
      pre_payment_amount: 4500,
      post_payment_amount: 1500,
      type: 'mixed',
    });
    expect(await e.stripe.customers.retrieve(customer)).toMatchObject({ balance: -1500 });
    expect(await e.stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'paid',
      pre_payment_credit_notes_amount: 4500,
      post_payment_credit_notes_amount: 1500,
    });
  });
});

describe('a credit note of a paid invoice', () => {
  test('refunds, credits the balance and is given outside, all at once', async () => {
    const { invoice, line, customer } = await paidInvoice();
    const params: Stripe.CreditNoteCreateParams = {
      invoice: invoice.id,
      lines: [{ type: 'invoice_line_item', invoice_line_item: line.id, quantity: 2 }],
      refund_amount: 2500,
      credit_amount: 1000,
      out_of_band_amount: 500,
    };
    const note = await e.stripe.creditNotes.create({
      ...params,
      expand: ['refunds.refund', 'customer_balance_transaction'],
    });
    expect(note).toMatchObject({
      amount: 4000,
      out_of_band_amount: 500,
      post_payment_amount: 4000,
      pre_payment_amount: 0,
      type: 'post_payment',
      customer_balance_transaction: {
        amount: -1000,
        credit_note: note.id,
        invoice: invoice.id,
        type: 'credit_note',
      },
      refunds: [
        { amount_refunded: 2500, type: 'refund', refund: { amount: 2500, status: 'succeeded' } },
      ],
    });
    expect(await e.stripe.customers.retrieve(customer)).toMatchObject({ balance: -1000 });
    expect(await e.stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'paid',
      amount_due: 6000,
      amount_paid: 6000,
      post_payment_credit_notes_amount: 4000,
    });
    expect((await e.eventTypes(customer)).slice(-5)).toEqual([
      'refund.created',
      'charge.refunded',
      'customer.updated',
      'credit_note.created',
      'invoice.updated',
    ]);
    await expect(e.stripe.creditNotes.create(params)).rejects.toThrow('Only 1 of the 3 units');
    await expect(e.stripe.creditNotes.voidCreditNote(note.id)).rejects.toThrow('invoice is open');
  });

  test('can be about a refund that was made before', async () => {
    const { invoice } = await paidInvoice();
    const paid = await e.stripe.invoices.retrieve(invoice.id, { expand: ['payments'] });
    const intent = idOf(present(paid.payments?.data[0]).payment.payment_intent);
    const refund = await e.stripe.refunds.create({ payment_intent: intent, amount: 2000 });
    await expect(
      e.stripe.creditNotes.create({ invoice: invoice.id, amount: 5000, credit_amount: 5000 }),
    ).rejects.toThrow('greater than what is left to be credited of the invoice ($40.00)');
    const note = await e.stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 1500,
      refunds: [{ refund: refund.id, amount_refunded: 1500 }],
    });
    expect(note.refunds).toMatchObject([{ refund: refund.id, amount_refunded: 1500 }]);
    await expect(
      e.stripe.creditNotes.create({
        invoice: invoice.id,
        amount: 2000,
        refunds: [{ refund: refund.id }],
      }),
    ).rejects.toThrow('Only $5.00 of the refund');
    const other = await paidInvoice();
    await expect(
      e.stripe.creditNotes.create({
        invoice: other.invoice.id,
        amount: 500,
        refunds: [{ refund: refund.id, amount_refunded: 500 }],
      }),
    ).rejects.toThrow('is not for a payment of this invoice');
  });

  test('takes its part of the discounts, and all parts together the whole', async () => {
    const coupon = await e.stripe.coupons.create({ amount_off: 1000, currency: 'usd' });
    const { invoice, line } = await billed({ discounts: [{ coupon: coupon.id }] });
    expect(invoice.total).toBe(5000);
    const amounts: number[] = [];
    for (const credit_amount of [1667, 1666, 1667]) {
      const note = await e.stripe.creditNotes.create({
        invoice: invoice.id,
        lines: [{ type: 'invoice_line_item', invoice_line_item: line.id, quantity: 1 }],
        credit_amount,
      });
      expect(note.discount_amounts).toHaveLength(1);
      expect(note.subtotal - note.discount_amount).toBe(note.total);
      amounts.push(note.amount);
    }
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(invoice.total);
  });
});

test('a preview changes nothing, and its lines are paged', async () => {
  const { invoice, line, customer } = await paidInvoice();
  const params: Stripe.CreditNotePreviewParams = {
    invoice: invoice.id,
    lines: [
      { type: 'invoice_line_item', invoice_line_item: line.id, amount: 1000 },
      { type: 'custom_line_item', description: 'Courtesy', quantity: 2, unit_amount: 250 },
    ],
    refund_amount: 1500,
  };
  const preview = await e.stripe.creditNotes.preview(params);
  expect(preview).toMatchObject({ amount: 1500, post_payment_amount: 1500, refunds: [] });
  const { data } = await e.stripe.creditNotes.listPreviewLineItems({ ...params, limit: 1 });
  expect(data).toMatchObject([{ amount: 1000, quantity: null, unit_amount: null }]);
  expect((await e.stripe.creditNotes.list({ customer })).data).toEqual([]);
  expect((await e.stripe.refunds.list({ limit: 1 })).data[0]?.amount).not.toBe(1500);
  expect(await e.stripe.invoices.retrieve(invoice.id)).toEqual(invoice);
  await expect(e.stripe.creditNotes.retrieve(preview.id)).rejects.toThrow('No such credit note');
});

test('notes are listed, read, and told more', async () => {
  const { invoice, customer } = await openInvoice();
  const notes: string[] = [];
  for (const amount of [100, 200]) {
    notes.unshift((await e.stripe.creditNotes.create({ invoice: invoice.id, amount })).id);
  }
  const ids = async (params: Stripe.CreditNoteListParams) =>
    (await e.stripe.creditNotes.list(params)).data.map(({ id }) => id);
  expect(await ids({ invoice: invoice.id })).toEqual(notes);
  expect(await ids({ customer })).toEqual(notes);
  expect(await ids({ customer, created: { gt: seconds('2099-01-01') } })).toEqual([]);
  await expect(ids({ invoice: 'in_unknown' })).rejects.toThrow("No such invoice: 'in_unknown'");
  const note = present(notes[0]);
  const updated = await e.stripe.creditNotes.update(note, { memo: 'Sorry', metadata: { a: 'b' } });
  expect(updated).toMatchObject({ memo: 'Sorry', metadata: { a: 'b' } });
  expect((await e.stripe.creditNotes.listLineItems(note)).data).toMatchObject([{ amount: 200 }]);
  const { invoice: expanded } = await e.stripe.creditNotes.retrieve(note, { expand: ['invoice'] });
  expect(expanded).toMatchObject({ object: 'invoice', amount_due: 5700 });
});

test('a note on a test clock is of its time', async () => {
  const { customer, clock } = await e.customerOnClock({ at: '2027-01-15' });
  await e.stripe.subscriptions.create({ customer, items: [{ price }] });
  await e.advance(clock, seconds('2027-01-20'));
  const { data } = await e.stripe.invoices.list({ customer });
  const invoice = present(data[0]).id;
  const note = await e.stripe.creditNotes.create({ invoice, amount: 500, credit_amount: 500 });
  expect(note.created).toBe(seconds('2027-01-20'));
  await e.advance(clock, seconds('2027-02-16'));
  const [renewal] = (await e.stripe.invoices.list({ customer })).data;
  expect(renewal).toMatchObject({ starting_balance: -500, amount_paid: 1500 });
});

describe('refused', () => {
  test.each<[string, Partial<Stripe.CreditNoteCreateParams>, string | RegExp]>([
    [
      'without anything to credit',
      {},
      'You must provide one of `amount`, `lines`, or `shipping_cost`.',
    ],
    ['more than the invoice', { amount: 6001 }, 'left to be credited of the invoice ($60.00)'],
    [
      'parts that do not add up',
      { amount: 200, refund_amount: 100 },
      'The sum of credit amount, refund amount and out of band amount ($1.00) must equal the credit note amount ($2.00).',
    ],
    [
      'a line that is elsewhere',
      { lines: [{ type: 'invoice_line_item', invoice_line_item: 'il_x', quantity: 1 }] },
      "No such invoice line item: 'il_x'",
    ],
    [
      'a line without its id',
      { lines: [{ type: 'invoice_line_item', quantity: 1 }] },
      'Missing required param: lines[0][invoice_line_item]',
    ],
    [
      'a line of its own without a price',
      { lines: [{ type: 'custom_line_item', quantity: 1 }] },
      'Missing required param: lines[0][unit_amount]',
    ],
    [
      'an amount that is not that of its lines',
      { amount: 5, lines: [{ type: 'custom_line_item', unit_amount: 6 }] },
      'must equal the total of its lines ($0.06)',
    ],
    [
      'a refund that is none',
      { amount: 5, refunds: [{ refund: 're_x' }] },
      "No such refund: 're_x'",
    ],
    [
      'shipping',
      { shipping_cost: { shipping_rate: 'shr_x' } },
      'The emulator does not support the parameter shipping_cost yet.',
    ],
  ])('%s', async (_case, params, message) => {
    const { invoice } = await paidInvoice();
    await expect(
      e.stripe.creditNotes.create({ invoice: invoice.id, ...params }),
    ).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining(String(message)) });
  });

  test('of one line by quantity and by amount, and more than its amount', async () => {
    const { invoice, line } = await openInvoice();
    const of = (part: Partial<Stripe.CreditNoteCreateParams.Line>) =>
      e.stripe.creditNotes.create({
        invoice: invoice.id,
        lines: [{ type: 'invoice_line_item', invoice_line_item: line.id, ...part }],
      });
    await expect(of({})).rejects.toThrow('takes either `quantity` or `amount`');
    await expect(of({ amount: 6001 })).rejects.toThrow('what is left of this line ($60.00)');
    await expect(of({ quantity: 1, description: 'No' })).rejects.toThrow('`description` is only');
    await of({ amount: 100 });
    await expect(of({ quantity: 1 })).rejects.toThrow('credited by amount before');
    await expect(of({ amount: 5901 })).rejects.toThrow('what is left of this line ($59.00)');
  });

  test('of a draft, of what is void, and refunds of what was paid elsewhere', async () => {
    const { stripe } = e;
    const draft = await billed({ collection_method: 'send_invoice', days_until_due: 30 });
    const { id } = draft.invoice;
    await expect(stripe.creditNotes.create({ invoice: id, amount: 1 })).rejects.toThrow(
      'The status of this invoice is draft',
    );
    await stripe.invoices.finalizeInvoice(id);
    await stripe.invoices.voidInvoice(id);
    await expect(stripe.creditNotes.create({ invoice: id, amount: 1 })).rejects.toThrow(
      'The status of this invoice is void',
    );
    const { invoice } = await openInvoice();
    await stripe.invoices.pay(invoice.id, { paid_out_of_band: true });
    await expect(
      stripe.creditNotes.create({ invoice: invoice.id, amount: 100, refund_amount: 100 }),
    ).rejects.toThrow('no successful charge');
    await expect(stripe.creditNotes.create({ invoice: 'in_x', amount: 1 })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'invoice',
    });
  });
});
