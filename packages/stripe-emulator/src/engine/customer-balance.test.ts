import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';

const running = emulatorForTests();

async function customerWith(balance: number) {
  const { stripe } = running;
  return stripe.customers.create({
    balance,
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
}

async function invoiceOf(customer: string, amount: number) {
  const { stripe } = running;
  const { id } = await stripe.invoices.create({ customer });
  await stripe.invoiceItems.create({ customer, invoice: id, amount, currency: 'usd' });
  return stripe.invoices.finalizeInvoice(id);
}

/** What moved a customer's balance, newest first: amount, reason, and the balance after it. */
async function history(customer: string) {
  const { data } = await running.stripe.customers.listBalanceTransactions(customer);
  return data.map(({ amount, ending_balance, type }) => [amount, type, ending_balance]);
}

describe("a customer's balance", () => {
  test('pays invoices first, and is given back when they are void', async () => {
    const { stripe } = running;
    const { id } = await customerWith(-1000);
    const invoice = await invoiceOf(id, 1500);
    expect(invoice).toMatchObject({ amount_due: 500, starting_balance: -1000, ending_balance: 0 });
    await stripe.invoices.voidInvoice(invoice.id);
    expect((await stripe.customers.retrieve(id)) as object).toMatchObject({ balance: -1000 });
    expect(await history(id)).toEqual([
      [-1000, 'unapplied_from_invoice', -1000],
      [1000, 'applied_to_invoice', 0],
      [-1000, 'adjustment', -1000],
    ]);
  });

  test('grows by what an invoice gives back', async () => {
    const { id } = await customerWith(0);
    const invoice = await invoiceOf(id, -700);
    expect(invoice).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: -700 });
    expect(await history(id)).toEqual([[-700, 'applied_to_invoice', -700]]);
  });

  test('is moved by hand, in its own currency, with a note', async () => {
    const { stripe } = running;
    const { id } = await customerWith(-200);
    const gift = await stripe.customers.createBalanceTransaction(id, {
      amount: -300,
      currency: 'usd',
      description: 'Sorry for the wait',
    });
    expect(gift).toMatchObject({ type: 'adjustment', ending_balance: -500 });
    await stripe.customers.update(id, { balance: 0 });
    expect(await history(id)).toEqual([
      [500, 'adjustment', 0],
      [-300, 'adjustment', -500],
      [-200, 'adjustment', -200],
    ]);
    const noted = await stripe.customers.updateBalanceTransaction(id, gift.id, {
      description: 'A gift',
      metadata: { by: 'jenny' },
    });
    expect(await stripe.customers.retrieveBalanceTransaction(id, gift.id)).toEqual(noted);
    await expect(
      stripe.customers.createBalanceTransaction(id, { amount: 1, currency: 'eur' }),
    ).rejects.toMatchObject({ statusCode: 400, param: 'currency' });
    const other = await customerWith(0);
    await expect(
      stripe.customers.retrieveBalanceTransaction(other.id, gift.id),
    ).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });
});
