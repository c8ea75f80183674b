import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../test/emulator-for-tests';
import { present } from '../../../test/objects';
import { Visitor } from '../../../test/visitor';

const CARD = { card_number: '4242 4242 4242 4242', expiration: '12 / 34', cvc: '123', name: 'Ada' };

const running = emulatorForTests();

async function link(more: Partial<Stripe.PaymentLinkCreateParams> = {}) {
  const price = await running.recurringPrice();
  return running.stripe.paymentLinks.create({
    line_items: [{ price: price.id, quantity: 2 }],
    ...more,
  });
}

/** What opened and completed sessions a link has led to. */
async function sessionsOf(payment_link: string): Promise<Stripe.Checkout.Session[]> {
  return (await running.stripe.checkout.sessions.list({ payment_link })).data;
}

describe('a payment link', () => {
  test('has every field, and lines of its own', async () => {
    const made = await link({
      allow_promotion_codes: true,
      metadata: { from: 'here' },
      subscription_data: { trial_period_days: 7, metadata: { team: 'one' } },
    });
    expect(made).toMatchObject({
      object: 'payment_link',
      active: true,
      after_completion: {
        hosted_confirmation: { custom_message: null },
        type: 'hosted_confirmation',
      },
      allow_promotion_codes: true,
      currency: 'usd',
      customer_creation: 'always',
      metadata: { from: 'here' },
      payment_method_collection: 'always',
      restrictions: null,
      subscription_data: { metadata: { team: 'one' }, trial_period_days: 7 },
    });
    const { data } = await running.stripe.paymentLinks.listLineItems(made.id);
    expect(data).toMatchObject([{ description: 'Pro', quantity: 2, price: { unit_amount: 2000 } }]);
    expect(await running.eventTypes(made.id)).toEqual(['payment_link.created']);
    expect(await sessionsOf(made.id)).toEqual([]);
  });

  test('leads everybody to a Checkout of their own, and says thank you', async () => {
    const made = await link({
      after_completion: {
        type: 'hosted_confirmation',
        hosted_confirmation: { custom_message: 'Welcome aboard <3' },
      },
      metadata: { from: 'here' },
    });
    const visitor = new Visitor();
    await visitor.open(`${made.url}?prefilled_email=ada%40example.com&client_reference_id=ref-1`);
    expect(visitor.text).toContain('$40.00');
    await visitor.press('Subscribe', CARD);
    expect(visitor.page.status).toBe(200);
    expect(visitor.text).toContain('Welcome aboard <3');
    await new Visitor().open(made.url);
    const [open, complete] = await sessionsOf(made.id);
    expect(open).toMatchObject({ status: 'open', customer_email: null });
    expect(complete).toMatchObject({
      amount_total: 4000,
      client_reference_id: 'ref-1',
      customer_details: { email: 'ada@example.com' },
      metadata: { from: 'here' },
      mode: 'subscription',
      payment_link: made.id,
      payment_status: 'paid',
      status: 'complete',
      success_url: null,
    });
  });

  test('can send people elsewhere, with a promotion code filled in', async () => {
    const { stripe } = running;
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const promotion = { type: 'coupon' as const, coupon: coupon.id };
    const { code } = await stripe.promotionCodes.create({ promotion });
    const once = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 900,
      product_data: { name: 'Book' },
    });
    const made = await link({
      line_items: [{ price: once.id, quantity: 1 }],
      allow_promotion_codes: true,
      after_completion: {
        type: 'redirect',
        redirect: { url: 'https://app.example/thanks?session={CHECKOUT_SESSION_ID}' },
      },
    });
    const visitor = new Visitor();
    await visitor.open(`${made.url}?prefilled_promo_code=${code}`);
    expect(visitor.text).toContain('$4.50');
    await visitor.press('Pay', { ...CARD, email: 'ada@example.com' });
    const [session] = await sessionsOf(made.id);
    expect(visitor.page.url).toBe(`https://app.example/thanks?session=${session?.id}`);
    expect(session).toMatchObject({ amount_total: 450, mode: 'payment', payment_status: 'paid' });
  });

  test('is changed, and stops after so many, or when it is switched off', async () => {
    const { paymentLinks } = running.stripe;
    const made = await link({
      inactive_message: 'Sold out.',
      restrictions: { completed_sessions: { limit: 1 } },
    });
    const [line] = (await paymentLinks.listLineItems(made.id)).data;
    const changed = await paymentLinks.update(made.id, {
      line_items: [{ id: present(line).id, quantity: 3 }],
      metadata: { changed: 'yes' },
    });
    expect(changed).toMatchObject({ inactive_message: 'Sold out.', metadata: { changed: 'yes' } });
    const visitor = new Visitor();
    await visitor.open(made.url);
    expect(visitor.text).toContain('$60.00');
    await visitor.press('Subscribe', { ...CARD, email: 'ada@example.com' });
    expect(await paymentLinks.retrieve(made.id)).toMatchObject({
      active: false,
      restrictions: { completed_sessions: { count: 1, limit: 1 } },
    });
    expect((await new Visitor().open(made.url)).status).toBe(410);
    const other = await link();
    await paymentLinks.update(other.id, { active: false });
    expect((await new Visitor().open(other.url)).html).toContain('no longer active');
    expect((await paymentLinks.list({ active: false })).data.map(({ id }) => id)).toEqual([
      other.id,
      made.id,
    ]);
  });

  test('is refused as its sessions would be', async () => {
    await expect(link({ line_items: [{ price: 'price_no', quantity: 1 }] })).rejects.toMatchObject({
      param: 'line_items[0][price]',
    });
    await expect(link({ customer_creation: 'always' })).rejects.toThrow('in `subscription` mode');
    await expect(link({ after_completion: { type: 'redirect' } })).rejects.toMatchObject({
      param: 'after_completion[redirect]',
    });
    await expect(link({ shipping_options: [{ shipping_rate: 'shr_1' }] })).rejects.toThrow(
      'The emulator does not support the parameter shipping_options yet.',
    );
  });

  test.each([
    '/b/test_bm9wZQ',
    '/b/nonsense',
    `/b/test_${Buffer.from('live plink_none').toString('base64url')}`,
    `/b/test_${Buffer.from('emulator plink_none').toString('base64url')}`,
  ])('that is forged leads nowhere: %s', async (path) => {
    expect((await fetch(running.url + path)).status).toBe(404);
  });

  test('takes nothing that is malformed from its address', async () => {
    const made = await link();
    const response = await fetch(
      `${made.url}?prefilled_email=%00&client_reference_id=%3Cscript%3E&locale=../..&prefilled_promo_code=%27`,
    );
    expect(response.status).toBe(200);
    const [session] = await sessionsOf(made.id);
    expect(session).toMatchObject({
      client_reference_id: null,
      customer_email: null,
      locale: null,
    });
  });
});
