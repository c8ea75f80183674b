import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { RECIPES } from './trigger-recipes';

const running = emulatorForTests();

/** What a bank or time brings after some seconds. */
const LATER = new Set([
  'charge.dispute.created',
  'charge.refund.updated',
  'radar.early_fraud_warning.created',
  'refund.failed',
  'refund.updated',
]);

describe('a trigger', () => {
  test.each(Object.keys(RECIPES))('makes what is behind %s', async (event) => {
    const { events } = running.emulator.control.trigger({ event });
    expect(events.length).toBeGreaterThan(0);
    if (LATER.has(event)) await running.moment();
    else expect(events.map(({ type }) => type)).toContain(event);
    const { data } = await running.stripe.events.list({ type: event });
    expect(data.length).toBeGreaterThan(0);
  });

  test('happens to the customer that it names', async () => {
    const { id } = await running.stripe.customers.create();
    for (const event of ['invoice.payment_failed', 'customer.subscription.created']) {
      await running.control('POST', 'trigger', { event, customer: id });
    }
    const { data } = await running.stripe.subscriptions.list({ customer: id });
    expect(data.map(({ status }) => status)).toEqual(['active']);
    expect(
      (await running.stripe.invoices.list({ customer: id, status: 'open' })).data,
    ).toHaveLength(1);
  });

  test('is refused for an event that it cannot make, and for a customer that is not there', () => {
    const { trigger } = running.emulator.control;
    expect(() => trigger({ event: 'invoice.payed' })).toThrow('Did you mean invoice.paid?');
    expect(() => trigger({ event: 'invoice.paid', customer: 'cus_no' })).toThrow(
      "No such customer: 'cus_no'",
    );
  });
});
