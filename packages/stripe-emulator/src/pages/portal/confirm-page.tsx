import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import { Notice } from '../shared/notice';
import { priceText } from '../shared/price-text';
import { couponText, methodTitle } from '../shared/wording';
import type { ChangePreview } from './change-preview';
import type { ChangeQuery, PlanChange } from './plan-change';
import { PortalPage } from './portal-page';
import { periodEnd } from './subscriptions';
import type { Visit } from './visit';

export interface ConfirmView {
  visit: Visit;
  path: string;
  query: ChangeQuery;
  problem?: string;
  prorationDate: number;
  before: PlanLine;
  after: PlanLine;
  discounts: string[];
  /** When the change takes effect, if not at once; Unix seconds. */
  putOffTo: number | null;
  renewsAt: number;
  preview: ChangePreview | null;
  paidWith: string | null;
}

interface PlanLine {
  name: string;
  cost: string;
}

export function readConfirm(ctx: Context, visit: Visit, change: PlanChange) {
  const { subscription, item, offered, quantity } = change;
  const { formats, customer } = visit;
  const many = (count: number) => (count === 1 ? '' : ` × ${formats.number(count)}`);
  const product = ctx.find('product', item.price.product);
  const method = ctx.find(
    'payment_method',
    subscription.default_payment_method ?? customer.invoice_settings.default_payment_method ?? '',
  );
  return {
    before: {
      name: `${product?.name ?? item.price.product}${many(item.quantity ?? 1)}`,
      cost: priceText(ctx, formats, item.price, item.quantity),
    },
    after: {
      name: `${offered.product.name}${many(quantity)}`,
      cost: priceText(ctx, formats, offered.price, quantity),
    },
    discounts: change.discounts.flatMap(({ coupon, promotion_code }) => {
      const code = promotion_code ? ctx.find('promotion_code', promotion_code) : undefined;
      const found = ctx.find('coupon', coupon ?? code?.promotion.coupon ?? '');
      return found ? [couponText(formats, found)] : [];
    }),
    renewsAt: periodEnd(subscription),
    paidWith: method ? methodTitle(method) : null,
  };
}

export const ConfirmPage: FC<ConfirmView> = (view) => {
  const { visit, path, query, before, after, discounts, problem, preview } = view;
  const isPayable = view.paidWith !== null || !preview || preview.dueToday <= 0;
  return (
    <PortalPage visit={visit} title="Confirm your updates" back={backOf(view)}>
      <div class="stack">
        <h1>Confirm your updates</h1>
        {problem && <Notice tone="bad">{problem}</Notice>}
        {!isPayable && (
          <Notice tone="warn">There is no payment method yet that this could be paid with.</Notice>
        )}
        <div class="lines">
          <p class="line">
            <span class="strike">{before.name}</span>
            <span class="strike">{before.cost}</span>
          </p>
          <p class="line">
            <strong>{after.name}</strong>
            <strong>{after.cost}</strong>
          </p>
          {discounts.map((discount) => (
            <p key={discount} class="line">
              <span>Discount</span>
              <span>{discount}</span>
            </p>
          ))}
        </div>
        <Amounts view={view} />
        <form class="stack" method="post" action={`${path}/confirm`}>
          {Object.entries({ ...query, proration_date: String(view.prorationDate) }).map(
            ([name, value]) =>
              value && <input key={name} type="hidden" name={name} value={value} />,
          )}
          <div class="actions">
            {isPayable ? (
              <button class="button primary" type="submit">
                Confirm
              </button>
            ) : (
              <a class="button primary" href={`${visit.base}/payment-methods/add`}>
                Add payment method
              </a>
            )}
          </div>
        </form>
        <p class="muted small">
          By confirming, you agree to the change and let {visit.business} charge you for it and for
          future payments until you cancel.
        </p>
      </div>
    </PortalPage>
  );
};

const Amounts: FC<{ view: ConfirmView }> = ({ view }) => {
  const { visit, preview, putOffTo, after, paidWith, renewsAt } = view;
  const { formats } = visit;
  if (putOffTo !== null || !preview) {
    return (
      <p>
        Your plan changes on {formats.date(putOffTo ?? renewsAt)}, and then costs {after.cost}.
        Nothing is due today.
      </p>
    );
  }
  const money = (amount: number) => formats.money(amount, preview.currency);
  return (
    <div class="stack">
      <div class="lines">
        {preview.lines.map((line) => (
          <p key={line.description} class="line">
            <span class="muted">{line.description}</span>
            <span>{money(line.amount)}</span>
          </p>
        ))}
        {preview.onNextInvoice !== 0 && (
          <p class="line">
            <span>On your next invoice</span>
            <span>{money(preview.onNextInvoice)}</span>
          </p>
        )}
        <p class="line total">
          <span>Amount due today</span>
          <span>{money(preview.dueToday)}</span>
        </p>
        {preview.credit > 0 && (
          <p class="line">
            <span>Credit toward your next invoices</span>
            <span>{money(preview.credit)}</span>
          </p>
        )}
      </div>
      {paidWith && preview.dueToday > 0 && <p class="muted">Paid with {paidWith}.</p>}
    </div>
  );
};

/** Back to the choice; a flow that begins here leads back nowhere. */
function backOf({ visit, path, query }: ConfirmView): string | undefined {
  if (visit.flow?.type === 'subscription_update_confirm') return undefined;
  const chosen = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const below = path.slice(visit.base.length);
  return `${below}/update?${new URLSearchParams(chosen)}`;
}
