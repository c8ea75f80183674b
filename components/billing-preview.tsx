import type { InvoiceView } from '@/lib/billing/invoices';
import type { SubscriptionView } from '@/lib/billing/overview';
import { type PaidPlan, paidPlans } from '@/lib/billing/plans';
import { words } from '@/lib/reader';
import styles from './billing-preview.module.css';
import { InvoiceTable } from './invoice-table';
import { PlanSummary } from './plan-summary';

/**
 * The billing page with sample data. It uses the real page's components, so the two cannot differ. It
 * is an illustration: `inert`, so that nothing in it takes focus or clicks.
 */
export async function BillingPreview() {
  const t = await words();
  const plan = paidPlans[0];
  if (!plan) return null;
  return (
    <figure className={styles.figure}>
      <div className={styles.page} inert>
        <PlanSummary
          overview={{ plan, subscription: sampleSubscription(plan), card, owed: null }}
        />
        <InvoiceTable invoices={sampleInvoices(plan)} />
      </div>
      <figcaption className="soft small">{t.landing.preview}</figcaption>
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
    unitAmount: plan.prices.month.usd,
    currency: 'usd',
    quantity: 1,
    interval: 'month',
    intervalCount: 1,
    discounts: [],
    nextPayment: { at: new Date('2026-12-07'), amount: plan.prices.month.usd },
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
    total: plan.prices.month.usd,
    fromCredit: 0,
    refunded: { amount: 0, extent: 'none' },
    dispute: null,
    currency: 'usd',
    createdAt: new Date(day),
    hostedUrl: '/',
    pdfUrl: '/',
  }));
}
