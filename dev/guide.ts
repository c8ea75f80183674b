import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import type { Experiment, MountedStripe } from 'stripe-emulator';
import { z } from 'zod';
import { requestSignInLink } from './sign-in-link';

type Trial = Omit<Experiment, 'action'> & {
  /** @returns the address of the person on whose billing page the effect shows */
  run(stripe: MountedStripe): Promise<string>;
};

/** What a first visitor can try with one click each, by the end of its path. */
const trials: Record<string, Trial> = {
  subscribe: {
    title: 'Subscribe',
    does: 'Somebody new takes the first paid plan at Stripe, with a test card.',
    look: 'their billing page: plan, next payment, card, first invoice. Deliveries shows the events that told the app. To pay at Checkout yourself, sign in with any address and choose a plan.',
    file: 'lib/billing/mirror/sync.ts',
    run: subscribeSomebody,
  },
  'fail-payment': {
    title: 'Fail a payment',
    does: "The demo user's card is replaced by one that banks decline, and a month passes.",
    look: 'the billing page: what is open, why, when it is tried again, and how to pay. The inbox has the e-mail about it.',
    file: 'lib/billing/owed.ts',
    async run(stripe) {
      const { customer, subscription, isEnding, email } = await somebodyWhoPays();
      const { stripe: api } = await import('@/lib/billing/stripe');
      const card = await api().paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
      await api().customers.update(customer, {
        invoice_settings: { default_payment_method: card.id },
      });
      // A plan that ends is not charged.
      if (isEnding) await api().subscriptions.update(subscription, { cancel_at_period_end: false });
      await stripe.advance(MONTH);
      return email;
    },
  },
  'travel-month': {
    title: 'Travel a month',
    does: "The emulator's clock moves a month on. All plans that are due renew on the way.",
    look: 'the billing page: a new invoice, the next payment a month later, usage counted from zero.',
    file: 'lib/billing/webhook/receive.ts',
    async run(stripe) {
      const { email } = await somebodyWhoPays();
      await stripe.advance(MONTH);
      return email;
    },
  },
  'lose-webhook': {
    title: 'Lose a webhook',
    does: "The demo user's plan is cancelled at Stripe for the end of the period, or kept if it was, and the event about it never arrives.",
    look: 'the billing page, which does not know yet. Then run npm run billing -- reconcile --fix, and load it again.',
    file: 'lib/billing/repair/reconcile.ts',
    async run(stripe) {
      const { subscription, isEnding, email } = await somebodyWhoPays();
      const { stripe: api } = await import('@/lib/billing/stripe');
      stripe.fault({
        on: 'webhook',
        kind: 'drop',
        event: 'customer.subscription.updated',
        times: 1,
      });
      await api().subscriptions.update(subscription, { cancel_at_period_end: !isEnding });
      return email;
    },
  },
};

/** A renewal's invoice is a draft for an hour before it is charged. */
const MONTH = { months: 1, hours: 2 };
const PATH = '/_emulator/experiments';

export const experiments: readonly Experiment[] = Object.entries(trials).map(
  ([name, { run: _, ...said }]) => ({ ...said, action: `${PATH}/${name}` }),
);

/**
 * Answers the buttons of the experiments: does it, waits until the app has been told, and shows the billing
 * page to somebody signed in as the person it is about; to others, the link that signs them in.
 */
export function mountGuide(app: Hono, stripe: MountedStripe, appUrl: string): void {
  app.post(`${PATH}/:name`, async (c) => {
    const trial = trials[c.req.param('name')];
    if (!trial) return c.notFound();
    const email = await trial.run(stripe);
    await untilDelivered(stripe);
    // Browsers send a cookie of localhost to every port of it.
    const isSignedIn = (await signedInAs(appUrl, c.req.header('cookie'))) === email;
    const signIn = { appUrl, inboxUrl: stripe.url, email, callbackPath: '/billing' };
    return c.redirect(isSignedIn ? `${appUrl}/billing` : await requestSignInLink(signIn), 303);
  });
}

async function subscribeSomebody(): Promise<string> {
  const { seed } = await import('../prisma/seed');
  const { db } = await import('@/lib/db');
  const count = await db().user.count({ where: { email: { startsWith: 'visitor-' } } });
  const email = `visitor-${count + 1}@example.com`;
  await seed({ email, name: `Visitor ${count + 1}` });
  return email;
}

/** The demo user with their plan; when they have none any more, somebody new. */
async function somebodyWhoPays() {
  const { demoUser } = await import('../prisma/seed');
  return (
    (await findPlan(demoUser.email)) ?? (await findPlan(await subscribeSomebody())) ?? noPlan()
  );
}

async function findPlan(email: string) {
  const { stripe } = await import('@/lib/billing/stripe');
  const { data: customers } = await stripe().customers.list({ email });
  for (const { id: customer } of customers) {
    const [plan] = (await stripe().subscriptions.list({ customer, limit: 1 })).data;
    if (plan)
      return { email, customer, subscription: plan.id, isEnding: plan.cancel_at_period_end };
  }
  return null;
}

function noPlan(): never {
  throw new Error('The catalogue has no paid plan to try this with.');
}

/** Not longer than a few seconds: an app that answers with errors is told again for days. */
async function untilDelivered(stripe: MountedStripe): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (!stripe.deliveries().some(({ state }) => state === 'pending')) return;
    await sleep(100);
  }
}

const session = z.object({ user: z.object({ email: z.string() }).optional() });

async function signedInAs(appUrl: string, cookie = ''): Promise<string | undefined> {
  const reply = await fetch(`${appUrl}/api/auth/session`, { headers: { cookie } });
  return session.safeParse(await reply.json()).data?.user?.email;
}
