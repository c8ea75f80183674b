import { freePlan, type PaidPlan, paidPlans } from '@/lib/billing/plans';
import type { InvoiceView, SubscriptionView } from '@/lib/billing/subscription';
import { InvoiceTable } from './invoice-table';
import { PlanStatement } from './plan-statement';
import styles from './preview.module.css';

/**
 * The billing page as a customer sees it, made by its own components from sample data: it cannot
 * fall behind the real one. It is a picture, so nothing in it can be reached or pressed.
 */
export function Preview() {
  const plan = paidPlans[0];
  if (!plan) return null;
  return (
    <figure className={styles.figure}>
      <div className={styles.page} inert>
        <PlanStatement overview={{ plan, subscription: sampleSubscription(plan), card }} />
        <InvoiceTable invoices={sampleInvoices(plan)} />
      </div>
      <figcaption className="soft small">
        The billing page, as your customers see it: the plan, what is paid next and when, the card,
        the invoices. Here with sample data, for a customer who left {freePlan.title} in August.
      </figcaption>
    </figure>
  );
}

const card = { brand: 'visa', last4: '4242', expMonth: 4, expYear: 2029 };

function sampleSubscription(plan: PaidPlan): SubscriptionView {
  return {
    id: 'sample',
    title: plan.title,
    status: 'active',
    plan,
    unitAmount: plan.prices.month,
    currency: 'usd',
    quantity: 1,
    interval: 'month',
    intervalCount: 1,
    discounts: [],
    nextPayment: { at: new Date('2026-12-07'), amount: plan.prices.month },
    paymentsPaused: null,
    isScheduled: false,
    endsAt: null,
    endedAt: null,
    trialEndsAt: null,
  };
}

function sampleInvoices(plan: PaidPlan): InvoiceView[] {
  return ['2026-11-07', '2026-10-07', '2026-09-07', '2026-08-07'].map((day, index) => ({
    id: day,
    number: `8C3A91E4-000${4 - index}`,
    status: 'paid',
    total: plan.prices.month,
    amountPaid: plan.prices.month,
    currency: 'usd',
    createdAt: new Date(day),
    hostedUrl: '/',
    pdfUrl: '/',
  }));
}
