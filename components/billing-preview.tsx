import type { InvoiceView, SubscriptionView } from '@/lib/billing/overview';
import { type PaidPlan, paidPlans } from '@/lib/billing/plans';
import styles from './billing-preview.module.css';
import { InvoiceTable } from './invoice-table';
import { PlanSummary } from './plan-summary';

/**
 * The billing page with sample data. It uses the real page's components, so the two cannot differ. It
 * is an illustration: `inert`, so that nothing in it takes focus or clicks.
 */
export function BillingPreview() {
  const plan = paidPlans[0];
  if (!plan) return null;
  const invoices = sampleInvoices(plan);
  return (
    <figure className={styles.figure}>
      <div className={styles.page} inert>
        <PlanSummary overview={{ plan, subscription: sampleSubscription(plan), card, invoices }} />
        <InvoiceTable invoices={invoices} />
      </div>
      <figcaption className="soft small">
        The billing page as your customers see it, with sample data: their plan, the next payment,
        the card on file, and every invoice.
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
    nextChange: null,
    pausedAt: null,
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
