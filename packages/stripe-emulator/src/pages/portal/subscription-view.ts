import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { productName } from '../../engine/items';
import { priceText } from '../shared/price-text';
import { couponText, methodTitle } from '../shared/wording';
import {
  type Abilities,
  abilitiesFor,
  isCanceling,
  periodEnd,
  shownSubscriptions,
} from './subscriptions';
import type { Visit } from './visit';

/** A subscription as the portal's home tells of it. */
export interface SubscriptionView {
  id: string;
  items: { id: string; name: string; price: string }[];
  status: { text: string; tone: 'good' | 'warn' | 'bad' | '' } | null;
  sentences: string[];
  discounts: string[];
  openInvoice: { url: string; amount: string } | null;
  can: Abilities;
}

export function subscriptionViews(ctx: Context, visit: Visit): SubscriptionView[] {
  return shownSubscriptions(ctx, visit).map((subscription) => ({
    id: subscription.id,
    items: subscription.items.data.map((item) => ({
      id: item.id,
      name: withQuantity(productName(ctx, item.price), item.quantity, visit),
      price: priceText(ctx, visit.formats, item.price, item.quantity),
    })),
    status: statusOf(subscription, visit),
    sentences: [...sentencesOf(ctx, subscription, visit)],
    discounts: discountsOf(ctx, subscription, visit),
    openInvoice: openInvoiceOf(ctx, subscription, visit),
    can: abilitiesFor(ctx, visit, subscription),
  }));
}

function withQuantity(name: string, quantity: number | undefined, { formats }: Visit): string {
  return quantity !== undefined && quantity !== 1 ? `${name} × ${formats.number(quantity)}` : name;
}

function statusOf(subscription: Stored<'subscription'>, { formats }: Visit) {
  const { cancel_at, status, trial_end } = subscription;
  if (isCanceling(subscription)) {
    const at = formats.shortDate(cancel_at ?? periodEnd(subscription));
    return { text: `Cancels ${at}`, tone: 'warn' } as const;
  }
  if (status === 'trialing' && trial_end !== null) {
    return { text: `Trial ends ${formats.shortDate(trial_end)}`, tone: 'good' } as const;
  }
  if (status === 'past_due' || status === 'unpaid') {
    return { text: 'Payment overdue', tone: 'bad' } as const;
  }
  if (status === 'incomplete') return { text: 'Payment incomplete', tone: 'bad' } as const;
  if (status === 'paused') return { text: 'Paused', tone: '' } as const;
  return null;
}

function* sentencesOf(
  ctx: Context,
  subscription: Stored<'subscription'>,
  visit: Visit,
): Generator<string> {
  const { formats, customer } = visit;
  const end = subscription.cancel_at ?? periodEnd(subscription);
  if (isCanceling(subscription)) {
    yield `Your subscription will be canceled on ${formats.date(end)}.`;
  } else if (subscription.status === 'trialing') {
    yield `Your first payment is due on ${formats.date(end)}, when the trial ends.`;
  } else if (subscription.status === 'active') {
    yield `Your subscription renews on ${formats.date(end)}.`;
  }
  if (subscription.schedule) yield plannedChange(ctx, subscription.schedule, visit);
  const method =
    subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  const found = method ? ctx.find('payment_method', method) : undefined;
  if (found && !isCanceling(subscription)) yield `Paid with ${methodTitle(found)}.`;
}

/** What a schedule will do next, to the first plan of its next phase. */
function plannedChange(ctx: Context, id: string, visit: Visit): string {
  const next = ctx
    .find('subscription_schedule', id)
    ?.phases.find((phase) => phase.start_date > visit.now);
  const [item] = next?.items ?? [];
  const price = item && ctx.find('price', item.price);
  if (!next || !price) return 'A change is scheduled.';
  const name = withQuantity(productName(ctx, price), item.quantity, visit);
  const cost = priceText(ctx, visit.formats, price, item.quantity);
  return `Your plan changes to ${name}, ${cost}, on ${visit.formats.date(next.start_date)}.`;
}

function discountsOf(ctx: Context, subscription: Stored<'subscription'>, visit: Visit): string[] {
  return subscription.discounts.flatMap((id) => {
    const coupon = ctx.find('discount', id)?.source.coupon;
    const found = coupon ? ctx.find('coupon', coupon) : undefined;
    if (!found) return [];
    const name = found.name ? `${found.name}: ` : '';
    return [`${name}${couponText(visit.formats, found)}`];
  });
}

function openInvoiceOf(ctx: Context, subscription: Stored<'subscription'>, visit: Visit) {
  for (const invoice of ctx.by('invoice', 'subscription', subscription.id)) {
    if (invoice.status !== 'open' || !invoice.hosted_invoice_url) continue;
    return {
      url: invoice.hosted_invoice_url,
      amount: visit.formats.money(invoice.amount_remaining, invoice.currency),
    };
  }
  return null;
}
