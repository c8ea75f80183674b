import type { Customer, Invoice } from './objects';

/** What a new invoice needs to be told; everything else starts empty. */
export interface InvoiceSeed {
  id: string;
  created: number;
  customer: Customer;
  currency: string;
  billing_reason: Invoice['billing_reason'];
  livemode: boolean;
  period: { start: number; end: number };
  parent: Invoice['parent'];
  collection_method: Invoice['collection_method'];
  auto_advance: boolean;
  automatically_finalizes_at: number | null;
  default_payment_method: string | null;
  days_until_due: number | null;
  description: string | null;
  footer: string | null;
  metadata: Record<string, string>;
  on_behalf_of: string | null;
  account: { country: string | null; name: string | null };
}

/** A draft without lines, complete to the last field; amounts are filled in from its lines later. */
export function newInvoice(seed: InvoiceSeed): Invoice {
  const { customer } = seed;
  return {
    id: seed.id,
    object: 'invoice',
    account_country: seed.account.country,
    account_name: seed.account.name,
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: seed.auto_advance,
    automatic_tax: {
      disabled_reason: null,
      enabled: false,
      liability: null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: seed.automatically_finalizes_at,
    billing_reason: seed.billing_reason,
    collection_method: seed.collection_method,
    created: seed.created,
    currency: seed.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    customer_address: null,
    customer_email: null,
    customer_name: null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: seed.default_payment_method,
    default_source: null,
    default_tax_rates: [],
    description: seed.description,
    discounts: [],
    due_date: dueDate(seed),
    effective_at: null,
    ending_balance: null,
    footer: seed.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${seed.id}/lines` },
    livemode: seed.livemode,
    metadata: seed.metadata,
    next_payment_attempt:
      seed.auto_advance && seed.collection_method === 'charge_automatically'
        ? seed.automatically_finalizes_at
        : null,
    number: null,
    on_behalf_of: seed.on_behalf_of,
    parent: seed.parent,
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    period_end: seed.period.end,
    period_start: seed.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: customer.test_clock ?? null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
}

/** An invoice to be sent is due its number of days after it was made. */
function dueDate(seed: InvoiceSeed): number | null {
  if (seed.collection_method !== 'send_invoice') return null;
  return seed.created + (seed.days_until_due ?? 30) * 86_400;
}
