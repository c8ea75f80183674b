import fc from 'fast-check';
import { type Context, type StripeEmulator, StripeError } from 'stripe-emulator/testing';
import { cards, coupons, prices } from './catalogue';

/** Something that a customer does, or that happens to them. */
export type Action = (typeof kinds)[number] extends infer Kind ? { kind: Kind } & Details : never;

/** What an action needs is taken from these, each by its own use. */
type Details = {
  price: (typeof prices)[number];
  card: (typeof cards)[number];
  coupon: (typeof coupons)[number]['id'];
  /** Which of several subscriptions, invoices or cards. */
  index: number;
  quantity: number;
  days: number;
};

const kinds = [
  'subscribe',
  'buy a plan',
  'subscribe on trial',
  'start a trial',
  'end the trial',
  'add a card',
  'remove a card',
  'switch',
  'change quantity',
  'cancel at period end',
  'renew',
  'cancel now',
  'pause collection',
  'resume collection',
  'pause',
  'resume',
  'take a discount',
  'lose the discount',
  'pay an invoice',
  'refund an invoice',
  'lose a dispute',
  'void an invoice',
  'delete a draft',
  'draft an invoice',
  'edit details',
  'be deleted',
] as const;

export const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant('subscribe' as const) },
    { weight: 2, arbitrary: fc.constant('add a card' as const) },
    { weight: 20, arbitrary: fc.constantFrom(...kinds.slice(0, -1)) },
    { weight: 1, arbitrary: fc.constant('be deleted' as const) },
  ),
  price: fc.constantFrom(...prices),
  card: fc.constantFrom(...cards),
  coupon: fc.constantFrom(...coupons.map(({ id }) => id)),
  index: fc.nat(3),
  quantity: fc.integer({ min: 1, max: 5 }),
  days: fc.constantFrom(3, 7, 20),
});

/**
 * Does it at Stripe, or the next thing in the list that Stripe does not refuse: renewing what was not
 * cancelled, say, is refused. Nobody is deleted by the way.
 *
 * @returns what was done; null when nothing can be
 */
export function act(stripe: StripeEmulator, customer: string, what: Action): Action | null {
  if (what.kind === 'be deleted') return tryToAct(stripe, customer, what) ? what : null;
  const first = kinds.indexOf(what.kind);
  const others = kinds.filter((kind) => kind !== 'be deleted');
  for (const kind of [...others.slice(first), ...others.slice(0, first)]) {
    const next: Action = { ...what, kind };
    if (tryToAct(stripe, customer, next)) return next;
  }
  return null;
}

/** @returns false when Stripe refuses, or there is nothing to do it to */
function tryToAct(stripe: StripeEmulator, customer: string, what: Action): boolean {
  const call = (method: 'POST' | 'DELETE', path: string, params: object = {}) =>
    stripe.call('test', method, `/v1/${path}`, params);
  const found = stripe.run('test', (ctx) => findThings(ctx, customer, what.index));
  const subscription = found.subscription ? `subscriptions/${found.subscription.id}` : null;
  const price = stripe.run('test', (ctx) => priceOf(ctx, what.price));
  const begin = (more: object = {}) =>
    call('POST', 'subscriptions', { customer, items: [{ price }], ...more });
  // As our Checkout marks what was bought there.
  const bought = { metadata: { userId: found.userId } };
  const trial = {
    trial_period_days: what.days,
    trial_settings: { end_behavior: { missing_payment_method: trialEnds[what.index] } },
  };
  const deeds: Record<Action['kind'], () => unknown> = {
    subscribe: () => begin(),
    'buy a plan': () => begin(bought),
    'subscribe on trial': () => begin(trial),
    'start a trial': () => begin({ ...bought, ...trial }),
    'end the trial': () => subscription && call('POST', subscription, { trial_end: 'now' }),
    'add a card': () => {
      const { id } = call('POST', `payment_methods/${what.card}/attach`, { customer });
      return call('POST', `customers/${customer}`, {
        invoice_settings: { default_payment_method: id },
      });
    },
    'remove a card': () => found.card && call('POST', `payment_methods/${found.card.id}/detach`),
    switch: () =>
      subscription &&
      call('POST', subscription, {
        items: [{ id: found.subscription?.items.data[0]?.id, price }],
        proration_behavior: what.index % 2 ? 'always_invoice' : 'create_prorations',
      }),
    'change quantity': () =>
      subscription &&
      call('POST', subscription, {
        items: [{ id: found.subscription?.items.data[0]?.id, quantity: what.quantity }],
      }),
    'cancel at period end': () =>
      subscription && call('POST', subscription, { cancel_at_period_end: true }),
    renew: () => subscription && call('POST', subscription, { cancel_at_period_end: false }),
    'cancel now': () => subscription && call('DELETE', subscription),
    'pause collection': () =>
      subscription && call('POST', subscription, { pause_collection: { behavior: 'void' } }),
    'resume collection': () => subscription && call('POST', subscription, { pause_collection: '' }),
    pause: () => subscription && call('POST', `${subscription}/pause`, { type: 'subscription' }),
    resume: () => subscription && call('POST', `${subscription}/resume`),
    'take a discount': () =>
      subscription && call('POST', subscription, { discounts: [{ coupon: what.coupon }] }),
    'lose the discount': () => subscription && call('POST', subscription, { discounts: '' }),
    'pay an invoice': () => found.invoice && call('POST', `invoices/${found.invoice.id}/pay`),
    'refund an invoice': () =>
      found.charge && call('POST', 'refunds', { charge: found.charge.id, amount: what.quantity }),
    'lose a dispute': () => found.dispute && call('POST', `disputes/${found.dispute.id}/close`),
    'void an invoice': () => found.invoice && call('POST', `invoices/${found.invoice.id}/void`),
    'draft an invoice': () => call('POST', 'invoices', { customer, auto_advance: false }),
    'delete a draft': () => found.draft && call('DELETE', `invoices/${found.draft.id}`),
    'edit details': () => call('POST', `customers/${customer}`, { name: `Name ${what.index}` }),
    'be deleted': () => call('DELETE', `customers/${customer}`),
  };
  try {
    return Boolean(deeds[what.kind]());
  } catch (error) {
    if (error instanceof StripeError && error.status < 500) return false;
    throw error;
  }
}

const trialEnds = ['cancel', 'pause', 'create_invoice', 'cancel'] as const;

/** What the action uses of its details, beside the index. */
const used: Partial<Record<Action['kind'], keyof Details>> = {
  subscribe: 'price',
  'buy a plan': 'price',
  'subscribe on trial': 'price',
  'start a trial': 'price',
  'add a card': 'card',
  switch: 'price',
  'change quantity': 'quantity',
  'take a discount': 'coupon',
};

/** An action in words, such as `switch (team_month)`. */
export function tellAction(what: Action): string {
  const detail = used[what.kind];
  return detail ? `${what.kind} (${what[detail]})` : what.kind;
}

/** Time passes for everybody: renewals, trials that end, payments that are tried again. */
export async function passTime(stripe: StripeEmulator, days: number): Promise<void> {
  await stripe.control.advance({ days });
}

/** The holder of a card disputes a payment a second after it: then what is under way is over. */
export async function passMoment(stripe: StripeEmulator): Promise<void> {
  await stripe.control.advance({ seconds: 5 });
}

function findThings(ctx: Context, customer: string, index: number) {
  const invoices = [...ctx.by('invoice', 'customer', customer)];
  const charges = [...ctx.by('charge', 'customer', customer)];
  return {
    userId: ctx.find('customer', customer)?.metadata.userId,
    subscription: nth([...ctx.by('subscription', 'customer', customer)], index),
    charge: nth(charges, index),
    dispute: nth(
      charges.flatMap(({ id }) => [...ctx.by('dispute', 'charge', id)]),
      index,
    ),
    invoice: nth(
      invoices.filter(({ status }) => status === 'open'),
      index,
    ),
    draft: nth(
      invoices.filter(({ status }) => status === 'draft'),
      index,
    ),
    card: nth([...ctx.by('payment_method', 'customer', customer)], index),
  };
}

function priceOf(ctx: Context, lookupKey: string): string {
  for (const price of ctx.world.price.walk()) if (price.lookup_key === lookupKey) return price.id;
  throw new Error(`There is no price ${lookupKey}.`);
}

function nth<T>(things: readonly T[], index: number): T | undefined {
  return things[index % Math.max(things.length, 1)];
}
