/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';
import { productName } from '../../engine/items';
import { couponText, methodTitle, priceText } from '../shared/wording';
import {
  type Abilities,
  abilitiesFor,
  isCanceling,
  periodEnd,
  shownSubscriptions,
} from './subscriptions';
import type { Visit } from './visit';

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
      price: priceText(visit.formats, item.price),
    })),
    status: statusOf(subscription, visit),
    sentences: [...sentencesOf(ctx, subscription, visit)],
    discounts: discountsOf(ctx, subscription, visit),
    openInvoice: openInvoiceOf(ctx, subscription, visit),
    can: abilitiesFor(visit, subscription),
  }));
}

export const SubscriptionBlock: FC<{ base: string; subscription: SubscriptionView }> = ({
  base,
  subscription,
}) => {
  const { can, openInvoice, status } = subscription;
  const path = `${base}/subscriptions/${subscription.id}`;
  return (
    <article class="stack">
      {subscription.items.map((item, index) => (
        <div key={item.id} class="stack-tight">
          <p class="row">
            <span class="plan-name">{item.name}</span>
            {index === 0 && status && <span class={`pill ${status.tone}`}>{status.text}</span>}
          </p>
          <p class="plan-price">{item.price}</p>
        </div>
      ))}
      <div class="stack-tight">
        {subscription.discounts.map((discount) => (
          <p key={discount}>{discount}</p>
        ))}
        {subscription.sentences.map((sentence) => (
          <p key={sentence} class="muted">
            {sentence}
          </p>
        ))}
      </div>
      <div class="actions">
        {openInvoice && (
          <a class="button primary" href={openInvoice.url}>
            Pay {openInvoice.amount}
          </a>
        )}
        {can.update && (
          <a class="button primary" href={`${path}/update`}>
            Update subscription
          </a>
        )}
        {can.renew && (
          <a class="button primary" href={`${path}/renew`}>
            Don't cancel subscription
          </a>
        )}
        {can.resume && (
          <form method="post" action={`${path}/resume`}>
            <button class="button primary" type="submit">
              Resume subscription
            </button>
          </form>
        )}
        {can.pause && (
          <a class="button" href={`${path}/pause`}>
            Pause subscription
          </a>
        )}
        {can.cancel && (
          <a class="button" href={`${path}/cancel`}>
            Cancel subscription
          </a>
        )}
      </div>
    </article>
  );
};

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
  { formats, customer }: Visit,
): Generator<string> {
  const end = subscription.cancel_at ?? periodEnd(subscription);
  if (isCanceling(subscription)) {
    yield `Your subscription will be canceled on ${formats.date(end)}.`;
  } else if (subscription.status === 'trialing') {
    yield `Your first payment is due on ${formats.date(end)}, when the trial ends.`;
  } else if (subscription.status === 'active') {
    yield `Your subscription renews on ${formats.date(end)}.`;
  }
  if (subscription.schedule) yield `A change is scheduled for ${formats.date(end)}.`;
  const method =
    subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  const found = method ? ctx.find('payment_method', method) : undefined;
  if (found && !isCanceling(subscription)) yield `Paid with ${methodTitle(found)}.`;
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
