/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import { Field } from '../shared/field';
import { Notice } from '../shared/notice';
import { periodTitle, priceText } from '../shared/wording';
import { type OfferedPrice, planOffer } from './plan-offer';
import { PortalPage } from './portal-page';
import { subscriptionFor } from './subscriptions';
import type { Visit } from './visit';

export interface UpdateView {
  visit: Visit;
  path: string;
  problem: string | undefined;
  tabs: { key: string; title: string; isOpen: boolean }[];
  plans: PlanView[];
  quantity: { value: number; min: number; max: number } | null;
  takesCode: boolean;
  code: string;
}

interface PlanView {
  price: string;
  name: string;
  description: string | null;
  cost: string;
  isCurrent: boolean;
  isChosen: boolean;
}

/** What was chosen so far; everything is in the address, so that the back button works. */
export interface UpdateQuery {
  interval?: string;
  price?: string;
  quantity?: string;
  code?: string;
  problem?: string;
}

/** @throws StripeError when it cannot be changed here */
export function readUpdate(ctx: Context, visit: Visit, id: string, query: UpdateQuery): UpdateView {
  const subscription = subscriptionFor(ctx, visit, id, 'update');
  const [item] = subscription.items.data;
  const offer = planOffer(ctx, visit, subscription);
  const chosen = offer.prices.find(({ price }) => price.id === query.price);
  const current = offer.prices.find(({ isCurrent }) => isCurrent);
  const open = query.interval ?? keyOf(chosen ?? current ?? offer.prices[0]);
  const keys = [...new Set(offer.prices.map(keyOf))];
  const shown = offer.prices.filter((offered) => keyOf(offered) === open);
  const adjustable = shown.find(({ quantity }) => quantity)?.quantity;
  return {
    visit,
    path: `${visit.base}/subscriptions/${id}`,
    problem: query.problem,
    tabs: keys.length > 1 ? keys.map((key) => tabOf(key, offer.prices, open)) : [],
    plans: shown.map((offered) => ({
      price: offered.price.id,
      name: offered.product.name,
      description: offered.product.description,
      cost: priceText(visit.formats, offered.price),
      isCurrent: offered.isCurrent,
      isChosen: offered === (chosen ?? current),
    })),
    quantity: adjustable
      ? { ...adjustable, value: Number(query.quantity) || (item?.quantity ?? 1) }
      : null,
    takesCode: offer.takesCode,
    code: query.code ?? '',
  };
}

export const UpdatePage: FC<UpdateView> = ({
  visit,
  path,
  problem,
  tabs,
  plans,
  quantity,
  takesCode,
  code,
}) => (
  <PortalPage visit={visit} title="Update subscription" back={visit.flow ? undefined : ''}>
    <div class="stack">
      <h1>Update your subscription</h1>
      {problem && <Notice tone="bad">{problem}</Notice>}
      {tabs.length > 0 && (
        <nav class="tabs" aria-label="Billing period">
          {tabs.map((tab) => (
            <a
              key={tab.key}
              href={`${path}/update?interval=${tab.key}`}
              aria-current={tab.isOpen ? 'true' : undefined}
            >
              {tab.title}
            </a>
          ))}
        </nav>
      )}
      <form class="stack" method="get" action={`${path}/confirm`}>
        <fieldset class="stack">
          <legend class="visually-hidden">Plan</legend>
          {plans.map((plan) => (
            <Plan key={plan.price} plan={plan} />
          ))}
        </fieldset>
        {quantity && (
          <Field
            label="Quantity"
            name="quantity"
            type="number"
            min={quantity.min}
            max={quantity.max}
            value={String(quantity.value)}
            required
          />
        )}
        {takesCode && (
          <Field
            label="Promotion code"
            name="code"
            value={code}
            autocomplete="off"
            maxlength={500}
          />
        )}
        <div class="actions">
          <button class="button primary" type="submit">
            Continue
          </button>
        </div>
      </form>
    </div>
  </PortalPage>
);

const Plan: FC<{ plan: PlanView }> = ({ plan }) => (
  <label class="choice">
    <input type="radio" name="price" value={plan.price} checked={plan.isChosen} required />
    <span class="stack-tight">
      <span class="row between">
        <strong>{plan.name}</strong>
        {plan.isCurrent ? (
          <span class="pill good">Current plan</span>
        ) : (
          <span class="select" aria-hidden="true">
            Select
          </span>
        )}
      </span>
      <span class="price">{plan.cost}</span>
      {plan.description && <span class="muted small">{plan.description}</span>}
    </span>
  </label>
);

function keyOf(offered: OfferedPrice | undefined): string {
  const recurring = offered?.price.recurring;
  return recurring ? `${recurring.interval}-${recurring.interval_count}` : '';
}

function tabOf(key: string, prices: OfferedPrice[], open: string) {
  const recurring = prices.find((offered) => keyOf(offered) === key)?.price.recurring;
  return {
    key,
    title: recurring ? periodTitle(recurring.interval, recurring.interval_count) : key,
    isOpen: key === open,
  };
}
