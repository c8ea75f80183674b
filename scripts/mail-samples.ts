import { paidPlans } from '@/lib/billing/plans';
import type { MailFacts } from '@/lib/mail/mail-kinds';

const plan = paidPlans[0]?.title ?? 'Pro';
const price = { amount: 1200, currency: 'usd', interval: 'month', intervalCount: 1 };
const sum = { amount: 1200, currency: 'usd' };
const day = new Date('2026-12-24T12:00:00Z');
const invoice = 'https://invoice.stripe.com/i/example';

/** An example of every e-mail: what `npm run emails` shows. */
export const mailSamples: MailFacts = {
  welcome: { plan, price, trialEndsAt: null },
  trial_ending: { plan, price, trialEndsAt: day, hasCard: false },
  trial_ended: { plan, price, goesOn: false, why: 'paused' },
  receipt: { ...sum, plan, paidAt: day, invoice },
  payment_failed: { ...sum, plan, nextAttemptAt: day },
  payment_failed_finally: { ...sum, plan },
  action_required: { ...sum, plan, invoice },
  card_expiring: { brand: 'visa', last4: '4242', expiresAt: day, nextPaymentAt: day },
  plan_changed: { plan, price, quantity: 3 },
  plan_planned: { plan, at: day, price, quantity: 3 },
  canceled: { plan, endsAt: day },
  ended: { plan, endedAt: day },
  limit_reached: { limit: 'exports', allowed: 1, plan: 'Free', more: plan },
  refunded: { ...sum, invoice },
  new_browser: { browser: 'Firefox on Linux', at: day },
  email_changed: { email: 'a…@example.com' },
  invited: {
    team: 'Harbour',
    by: 'ada@example.com',
    invitation: 'example',
    number: 1,
    expires: day,
  },
  goodbye: {},
  team_deleted: { team: 'Harbour', refund: { amount: 4321, currency: 'usd' } },
};
