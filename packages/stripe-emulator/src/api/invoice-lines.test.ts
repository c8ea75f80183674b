import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present } from '../../test/objects';

const running = emulatorForTests();

async function newDraft() {
  const { stripe } = running;
  const { id: customer } = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const { id } = await stripe.invoices.create({ customer });
  return { customer, id };
}

describe('the lines of a draft', () => {
  test('are added, changed and removed, and the amounts follow', async () => {
    const { stripe } = running;
    const { customer, id } = await newDraft();
    const waiting = await stripe.invoiceItems.create({ customer, amount: 300, currency: 'usd' });
    const widget = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 250,
      product_data: { name: 'Widget' },
    });
    const added = await stripe.invoices.addLines(id, {
      invoice_metadata: { order: '7' },
      lines: [
        { amount: 1000, description: 'Setup' },
        { pricing: { price: widget.id }, quantity: 4 },
        { invoice_item: waiting.id },
        { price_data: { currency: 'usd', product_data: { name: 'Gadget' }, unit_amount: 90 } },
      ],
    });
    expect(added.metadata).toEqual({ order: '7' });
    expect(added.lines.data.map((line) => [line.description, line.amount])).toEqual([
      ['Setup', 1000],
      ['Widget', 1000],
      [null, 300],
      ['Gadget', 90],
    ]);
    const [setup, widgets, item] = added.lines.data.map((line) => line.id);
    const changed = await stripe.invoices.updateLines(id, {
      lines: [
        { id: present(setup), amount: 1200, description: 'Installation' },
        { id: present(widgets), quantity: 5 },
      ],
    });
    expect(changed.total).toBe(1200 + 1250 + 300 + 90);
    const line = await stripe.invoices.updateLineItem(id, present(setup), { amount: 1100 });
    expect(line).toMatchObject({ id: setup, amount: 1100, description: 'Installation' });
    const left = await stripe.invoices.removeLines(id, {
      lines: [
        { id: present(setup), behavior: 'delete' },
        { id: present(item), behavior: 'unassign' },
      ],
    });
    expect(left.total).toBe(1340);
    const pending = await stripe.invoiceItems.list({ customer, pending: true });
    expect(pending.data.map(idOf)).toEqual([waiting.id]);
  });

  test('can no longer be changed when it is finalized', async () => {
    const { stripe } = running;
    const { customer, id } = await newDraft();
    const item = await stripe.invoiceItems.create({
      customer,
      invoice: id,
      amount: 500,
      currency: 'usd',
    });
    const { lines } = await stripe.invoices.finalizeInvoice(id);
    const line = present(lines.data[0]).id;
    for (const refused of [
      stripe.invoices.addLines(id, { lines: [{ amount: 1 }] }),
      stripe.invoices.updateLines(id, { lines: [{ id: line, amount: 1 }] }),
      stripe.invoices.removeLines(id, { lines: [{ id: line, behavior: 'delete' }] }),
      stripe.invoices.updateLineItem(id, line, { amount: 1 }),
      stripe.invoiceItems.update(item.id, { amount: 1 }),
      stripe.invoiceItems.del(item.id),
    ]) {
      await expect(refused).rejects.toMatchObject({ code: 'invoice_not_editable' });
    }
  });

  test('page in their own order, both ways', async () => {
    const { stripe } = running;
    const { id } = await newDraft();
    await stripe.invoices.addLines(id, {
      lines: [1, 2, 3, 4, 5].map((amount) => ({ amount })),
    });
    const all: string[] = [];
    for await (const line of stripe.invoices.listLineItems(id, { limit: 2 })) all.push(line.id);
    expect(new Set(all).size).toBe(5);
    const before = await stripe.invoices.listLineItems(id, { limit: 2, ending_before: all[3] });
    expect([before.data.map(idOf), before.has_more]).toEqual([all.slice(1, 3), true]);
    await expect(
      stripe.invoices.listLineItems(id, { starting_after: 'il_nowhere' }),
    ).rejects.toMatchObject({ statusCode: 400, param: 'starting_after' });
  });

  test('take no other currency, and no period that ends before it starts', async () => {
    const { stripe } = running;
    const { customer, id } = await newDraft();
    const item = { customer, invoice: id, amount: 5, currency: 'usd' };
    await expect(stripe.invoiceItems.create({ ...item, currency: 'eur' })).rejects.toMatchObject({
      param: 'currency',
    });
    await expect(
      stripe.invoiceItems.create({ ...item, period: { start: 20, end: 10 } }),
    ).rejects.toMatchObject({ param: 'period[end]' });
  });

  test('are gone with it', async () => {
    const { stripe } = running;
    const { customer, id } = await newDraft();
    const item = await stripe.invoiceItems.create({
      customer,
      invoice: id,
      amount: 5,
      currency: 'usd',
    });
    await stripe.invoices.del(id);
    await expect(stripe.invoices.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(stripe.invoiceItems.retrieve(item.id)).rejects.toMatchObject({ statusCode: 404 });
  });
});
