import { z } from 'zod';
import type { StripeEmulator } from '../../emulator';
import { changedDiscounts, changeParams } from './change-params';
import type { PlanChange } from './plan-change';
import type { Visit } from './visit';

const taxes = z.array(z.object({ amount: z.number(), tax_behavior: z.string() })).nullable();

const previewShape = z.object({
  amount_due: z.number(),
  currency: z.string(),
  starting_balance: z.number(),
  total: z.number(),
  total_taxes: taxes,
  total_discount_amounts: z.array(z.object({ amount: z.number() })).nullable(),
  lines: z.object({
    data: z.array(
      z.object({
        amount: z.number(),
        description: z.string().nullable(),
        taxes,
        parent: z
          .object({
            subscription_item_details: z.object({ proration: z.boolean() }).nullish(),
            invoice_item_details: z.object({ proration: z.boolean() }).nullish(),
          })
          .nullable(),
      }),
    ),
  }),
});

/** What a change of plan costs, in the smallest unit. */
export interface ChangePreview {
  currency: string;
  /** Charged at once. */
  dueToday: number;
  /** Kept for later invoices, as the change gives back more than it costs. */
  credit: number;
  /** What it is made of: charges and credits, then discounts and balance. */
  lines: { description: string; amount: number }[];
  /** The sum of the prorations, when they wait for the next invoice. */
  onNextInvoice: number;
}

/** @throws StripeError when the change cannot be made */
export function previewChange(
  emulator: StripeEmulator,
  visit: Visit,
  change: PlanChange,
  prorationDate: number,
): ChangePreview {
  const { billing_cycle_anchor: anchor, ...details } = changeParams(visit, change, prorationDate);
  const preview = previewShape.parse(
    emulator.call(visit.world, 'POST', '/v1/invoices/create_preview', {
      customer: visit.customer.id,
      subscription: change.subscription.id,
      discounts: changedDiscounts(change),
      subscription_details: { ...details, billing_cycle_anchor: anchor?.type },
    }),
  );
  const prorations = preview.lines.data.filter(isProration);
  if (!isInvoicedNow(visit, change)) {
    const onNextInvoice = prorations.reduce(
      (sum, line) => sum + line.amount + addedTax(line.taxes),
      0,
    );
    const tax = prorations.reduce((sum, line) => sum + addedTax(line.taxes), 0);
    const lines = [
      ...prorations.map(described),
      ...(tax === 0 ? [] : [{ description: 'Tax', amount: tax }]),
    ];
    return { currency: preview.currency, dueToday: 0, credit: 0, lines, onNextInvoice };
  }
  const discounts = preview.total_discount_amounts ?? [];
  const discount = discounts.reduce((sum, { amount }) => sum + amount, 0);
  const lines = [
    ...preview.lines.data.map(described),
    { description: 'Discount', amount: -discount },
    { description: 'Tax', amount: addedTax(preview.total_taxes) },
    { description: 'Applied balance', amount: preview.starting_balance },
  ];
  return {
    currency: preview.currency,
    dueToday: preview.amount_due,
    credit: Math.max(-preview.total, 0),
    lines: lines.filter(({ amount }) => amount !== 0),
    onNextInvoice: 0,
  };
}

/** The tax that is put on the amounts; the rest is contained in them. */
function addedTax(added: z.infer<typeof taxes>): number {
  return (added ?? [])
    .filter(({ tax_behavior }) => tax_behavior === 'exclusive')
    .reduce((sum, { amount }) => sum + amount, 0);
}

type PreviewLine = z.infer<typeof previewShape>['lines']['data'][number];

function isProration({ parent }: PreviewLine): boolean {
  const details = parent?.subscription_item_details ?? parent?.invoice_item_details;
  return details?.proration ?? false;
}

function described({ amount, description }: PreviewLine) {
  return { amount, description: description ?? '' };
}

/** Whether the change makes an invoice at once: prorations are billed, or a new period begins. */
function isInvoicedNow({ configuration }: Visit, change: PlanChange): boolean {
  const update = configuration.features.subscription_update;
  if (change.subscription.status === 'trialing')
    return update.trial_update_behavior === 'end_trial';
  if (update.proration_behavior === 'always_invoice') return true;
  if (update.billing_cycle_anchor === 'now') return true;
  const isClassic = change.subscription.billing_mode.type === 'classic';
  return changesInterval(change) && (isClassic || update.proration_behavior !== 'none');
}

function changesInterval({ item, offered }: PlanChange): boolean {
  const [before, after] = [item.price.recurring, offered.price.recurring];
  return before?.interval !== after?.interval || before?.interval_count !== after?.interval_count;
}
