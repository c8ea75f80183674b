import type Stripe from 'stripe';

/** Moves a test clock and waits until it is there. */
export async function advance(stripe: Stripe, clock: string, to: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  while ((await stripe.testHelpers.testClocks.retrieve(clock)).status !== 'ready');
}

/** A customer on a clock of their own, with a card that behaves as asked. */
export async function customerOnClock(
  stripe: Stripe,
  { at, card = 'pm_card_visa' }: { at: string; card?: string | null },
) {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: seconds(at) });
  const customer = await stripe.customers.create({
    email: 'jenny@example.com',
    test_clock: clock.id,
    ...(card ? { payment_method: card, invoice_settings: { default_payment_method: card } } : {}),
  });
  return { clock: clock.id, customer: customer.id };
}

/** A product with one recurring price. */
export async function recurringPrice(
  stripe: Stripe,
  {
    amount = 2000,
    interval = 'month',
    name = 'Pro',
  }: { amount?: number; interval?: 'day' | 'week' | 'month' | 'year'; name?: string } = {},
): Promise<Stripe.Price> {
  return stripe.prices.create({
    currency: 'usd',
    unit_amount: amount,
    recurring: { interval },
    product_data: { name },
  });
}

/** The types of all events so far, oldest first; of one object when its id is given. */
export async function eventTypes(stripe: Stripe, about?: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) {
    if (about === undefined || JSON.stringify(event.data.object).includes(about)) {
      types.unshift(event.type);
    }
  }
  return types;
}

/** Unix seconds of a date as people write it. */
export function seconds(iso: string): number {
  return Date.parse(iso) / 1000;
}

/** A field that a test needs to be there, or the test fails. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a value was expected here');
  return value;
}

/** The id of a field that may be expanded. */
export function idOf(field: string | { id: string } | null | undefined): string {
  const given = present(field);
  return typeof given === 'string' ? given : given.id;
}
