import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { advanceClock } from '../core/advance-clock';
import type { StripeEmulator } from '../emulator';
import { createStripeEmulator } from '../server';

const dir = mkdtempSync(join(tmpdir(), 'emulator-'));
afterAll(() => rmSync(dir, { recursive: true }));

const named = z.object({ id: z.string() });
const statuses = z.object({ data: z.array(z.object({ status: z.string() })) });

function start(): Promise<StripeEmulator> {
  return createStripeEmulator({ dir, origin: 'http://emulator.test' });
}

test('what time is to bring survives a restart', async () => {
  const first = await start();
  const price = named.parse(
    first.call('test', 'POST', '/v1/prices', {
      currency: 'usd',
      unit_amount: 2000,
      recurring: { interval: 'month' },
      product_data: { name: 'Pro' },
    }),
  );
  const customer = named.parse(
    first.call('test', 'POST', '/v1/customers', {
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    }),
  );
  const subscription = named.parse(
    first.call('test', 'POST', '/v1/subscriptions', {
      customer: customer.id,
      items: [{ price: price.id }],
    }),
  );
  await first.close();

  const second = await start();
  await advanceClock(second.core, second.core.clock.now() + 32 * 86_400);
  const invoices = second.call('test', 'GET', '/v1/invoices', { subscription: subscription.id });
  expect(statuses.parse(invoices).data).toEqual([{ status: 'paid' }, { status: 'paid' }]);
  await second.close();
});
