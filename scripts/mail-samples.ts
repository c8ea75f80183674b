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
  trial_ended: { plan, price, goesOn: false },
  receipt: { ...sum, plan, paidAt: day, invoice },
  payment_failed: { ...sum, plan, nextAttemptAt: day },
  payment_failed_finally: { ...sum, plan },
  action_required: { ...sum, plan, invoice },
  card_expiring: { brand: 'visa', last4: '4242', expiresAt: day, nextPaymentAt: day },
  plan_changed: { plan, price, quantity: 3 },
  plan_planned: { plan, at: day },
  canceled: { plan, endsAt: day },
  ended: { plan, endedAt: day },
  limit_reached: { things: 'exports', allowed: 1, plan: 'Free', more: plan },
  refunded: { ...sum, invoice },
};
