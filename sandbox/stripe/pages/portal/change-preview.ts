import { z } from 'zod';
import type { StripeSandbox } from '../../server';
import { changedDiscounts, changeParams } from './change-params';
import type { PlanChange } from './plan-change';
import type { Visit } from './visit';

const previewShape = z.object({
  amount_due: z.number(),
  currency: z.string(),
  total: z.number(),
  lines: z.object({
    data: z.array(
      z.object({
        amount: z.number(),
        description: z.string().nullable(),
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
  /** Credits and charges for the rest of the period, as lines. */
  prorations: { description: string; amount: number }[];
  /** Their sum, when they wait for the next invoice. */
  onNextInvoice: number;
}

/** @throws StripeError when the change cannot be made */
export function previewChange(
  sandbox: StripeSandbox,
  visit: Visit,
  change: PlanChange,
  prorationDate: number,
): ChangePreview {
  const { billing_cycle_anchor: anchor, ...details } = changeParams(visit, change, prorationDate);
  const preview = previewShape.parse(
    sandbox.call(visit.mode, 'POST', '/v1/invoices/create_preview', {
      customer: visit.customer.id,
      subscription: change.subscription.id,
      discounts: changedDiscounts(change),
      subscription_details: { ...details, billing_cycle_anchor: anchor?.type },
    }),
  );
  const prorations = preview.lines.data
    .filter(
      ({ parent }) =>
        parent?.subscription_item_details?.proration || parent?.invoice_item_details?.proration,
    )
    .map(({ amount, description }) => ({ amount, description: description ?? '' }));
  const isBilledNow = isInvoicedNow(visit, change);
  return {
    currency: preview.currency,
    dueToday: isBilledNow ? preview.amount_due : 0,
    prorations,
    onNextInvoice: isBilledNow ? 0 : prorations.reduce((sum, { amount }) => sum + amount, 0),
  };
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
