import type { Period } from '../core/calendar';
import type { Context } from '../core/context';
import type { Invoice, InvoiceItem, InvoiceLine, Subscription, SubscriptionItem } from './objects';

/** Time of an item that was billed and not credited yet: what a credit in flexible mode gives back. */
export interface Debit {
  /** After discounts, in the smallest unit. */
  amount: number;
  period: Period;
  credited: NonNullable<InvoiceItem['proration_details']>['credited_items'];
}

/** The debits of an item that reach beyond a moment, whether invoiced or still pending. */
export function outstandingDebits(
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  at: number,
): Debit[] {
  const items = [...ctx.by('invoiceitem', 'customer', subscription.customer)].filter(
    (candidate) => candidate.parent?.subscription_details?.subscription_item === item.id,
  );
  const credited = new Set(items.flatMap(creditedIds));
  const isOpen = (id: string) => !credited.has(id);
  const pending = items
    .filter((debit) => debit.invoice === null && debit.amount > 0 && debit.period.end > at)
    .filter((debit) => isOpen(debit.id))
    .map(pendingDebit);
  const invoiced: Debit[] = [];
  for (const invoice of ctx.by('invoice', 'subscription', subscription.id)) {
    if (invoice.created < item.current_period_start) break;
    if (invoice.status === 'void') continue;
    const lines = invoice.lines.data
      .filter((line) => bills(line, item, at))
      .filter((line) => isOpen(line.id) && isOpen(sourceOf(line) ?? line.id));
    for (const group of groupsOf(lines)) invoiced.push(invoicedDebit(invoice, group));
  }
  return [...invoiced, ...pending];
}

function bills(line: InvoiceLine, item: SubscriptionItem, at: number): boolean {
  const details = line.parent?.subscription_item_details;
  return details?.subscription_item === item.id && line.amount > 0 && line.period.end > at;
}

/** The invoice item that a line shows, if it shows one. */
function sourceOf(line: InvoiceLine): string | null {
  return line.parent?.subscription_item_details?.invoice_item ?? null;
}

/** Lines that are given back together: those of a price's tiers. */
interface Group {
  period: Period;
  lines: InvoiceLine[];
}

function groupsOf(lines: InvoiceLine[]): Group[] {
  const groups = new Map<number | string, Group>();
  for (const line of lines) {
    const key = sourceOf(line) ?? line.period.start;
    const group = groups.get(key) ?? { period: line.period, lines: [] };
    groups.set(key, { ...group, lines: [...group.lines, line] });
  }
  return [...groups.values()];
}

function invoicedDebit(invoice: Invoice, { lines, period }: Group): Debit {
  const discounts = lines.flatMap((line) => line.discount_amounts ?? []);
  return {
    amount: sum(lines) - sum(discounts),
    period,
    credited: {
      invoice_line_item_details: {
        invoice: invoice.id,
        invoice_line_items: lines.map(({ id }) => id),
      },
      type: 'invoice_line_items',
    },
  };
}

function sum(parts: readonly { amount: number }[]): number {
  return parts.reduce((total, { amount }) => total + amount, 0);
}

function pendingDebit(item: InvoiceItem): Debit {
  return {
    amount: item.amount,
    period: item.period,
    credited: { invoice_item: item.id, type: 'invoice_item' },
  };
}

function creditedIds(item: InvoiceItem): string[] {
  const credited = item.proration_details?.credited_items;
  return [
    ...(credited?.invoice_item ? [credited.invoice_item] : []),
    ...(credited?.invoice_line_item_details?.invoice_line_items ?? []),
  ];
}
