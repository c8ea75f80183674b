import type { Context } from '../core/context';
import { invalidRequest } from '../core/errors';
import { newId, randomText } from '../core/ids';
import { moveBalance } from './customer-balance';
import { invoiceUrl } from './hosted-links';
import { withCredits } from './invoice-credits';
import { endingBalance } from './invoice-totals';
import { customerShown, scheduleInvoice, withTotals } from './invoicing';
import { locationOf } from './line-taxes';
import type { Customer, Invoice, InvoicePayment } from './objects';
import { newPaymentIntent } from './payment-objects';
import { changeSubscription } from './subscription-changes';
import { withLateUsage } from './usage-lines';

/**
 * Closes a draft: it gets its number, its page and PDF, uses up the customer's credits and balance, and either is
 * paid (nothing is due) or gets the payment by which it is collected.
 *
 * @throws StripeError when it is not a draft
 */
export function finalizeInvoice(ctx: Context, id: string): Invoice {
  const draft = ctx.get('invoice', id);
  if (draft.status !== 'draft') {
    throw invalidRequest(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
      undefined,
      'invoice_not_editable',
    );
  }
  const customer = ctx.get('customer', draft.customer ?? '');
  const current = {
    ...located(ctx, draft),
    ...customerShown(ctx, customer),
    starting_balance: customer.balance,
  };
  const discounted = withTotals(ctx, current, withLateUsage(ctx, draft));
  const invoice = withTotals(ctx, current, withCredits(ctx, discounted));
  const number = draft.number ?? takeNumber(ctx, customer);
  const open = ctx.update('invoice', id, {
    ...invoice,
    attempted: false,
    automatically_finalizes_at: null,
    effective_at: ctx.now,
    ending_balance: endingBalance(invoice),
    hosted_invoice_url: invoiceUrl(ctx, id),
    invoice_pdf: `${invoiceUrl(ctx, id)}/pdf`,
    next_payment_attempt: null,
    number,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: ctx.now },
  });
  const moved = endingBalance(open) - open.starting_balance;
  if (moved !== 0)
    moveBalance(ctx, customer.id, moved, { type: 'applied_to_invoice', invoice: id });
  if (open.amount_due > 0) startPayment(ctx, open, customer);
  ctx.emit('invoice.finalized', open);
  scheduleInvoice(ctx, open);
  return open.amount_due > 0 ? ctx.get('invoice', id) : markPaid(ctx, open, 0);
}

/** Marks an open invoice as paid with what was collected, and tells so. */
export function markPaid(ctx: Context, invoice: Invoice, collected: number): Invoice {
  const paid = ctx.update(
    'invoice',
    invoice.id,
    {
      amount_paid: invoice.amount_paid + collected,
      amount_remaining: invoice.amount_remaining - collected,
      attempted: true,
      auto_advance: false,
      next_payment_attempt: null,
      status: 'paid',
      status_transitions: { ...invoice.status_transitions, paid_at: ctx.now },
    },
    'invoice.updated',
  );
  ctx.emit('invoice.paid', paid);
  ctx.emit('invoice.payment_succeeded', paid);
  scheduleInvoice(ctx, paid);
  return paid;
}

/**
 * Where nobody knows where the customer is, no tax can be calculated: Stripe turns automatic tax off,
 * for the invoice and for the subscription that it bills, and says why.
 */
function located(ctx: Context, draft: Invoice): Invoice {
  if (!draft.automatic_tax.enabled || locationOf(ctx, draft)) return draft;
  const subscription = draft.parent?.subscription_details?.subscription;
  if (subscription && ctx.find('subscription', subscription)) {
    changeSubscription(ctx, subscription, {
      automatic_tax: {
        disabled_reason: 'requires_location_inputs',
        enabled: false,
        liability: null,
      },
    });
  }
  const disabled_reason = 'finalization_requires_location_inputs';
  return { ...draft, automatic_tax: { ...draft.automatic_tax, disabled_reason, enabled: false } };
}

/** The next number of a customer's own sequence. */
function takeNumber(ctx: Context, customer: Customer): string {
  const sequence = customer.next_invoice_sequence ?? 1;
  ctx.update('customer', customer.id, { next_invoice_sequence: sequence + 1 });
  return `${customer.invoice_prefix ?? 'INV'}-${String(sequence).padStart(4, '0')}`;
}

function startPayment(ctx: Context, invoice: Invoice, customer: Customer): void {
  const intent = newPaymentIntent({
    id: newId('pi'),
    secret: randomText(25),
    amount: invoice.amount_due,
    created: ctx.now,
    currency: invoice.currency,
    customer: customer.id,
    description: paymentDescription(invoice),
    livemode: ctx.livemode,
    metadata: {},
    on_behalf_of: invoice.on_behalf_of,
    receipt_email: null,
    setup_future_usage: invoice.parent?.subscription_details ? 'off_session' : null,
  });
  ctx.insert('payment_intent', intent, 'payment_intent.created');
  const payment: InvoicePayment = {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: ctx.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: ctx.livemode,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  };
  ctx.insert('invoice_payment', payment);
}

function paymentDescription(invoice: Invoice): string {
  if (invoice.billing_reason === 'subscription_create') return 'Subscription creation';
  if (invoice.parent?.subscription_details) return 'Subscription update';
  return `Payment for Invoice ${invoice.number ?? ''}`.trim();
}
