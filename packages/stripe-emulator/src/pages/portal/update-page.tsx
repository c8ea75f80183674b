import type { FC } from 'hono/jsx';
import { Field } from '../shared/field';
import { Notice } from '../shared/notice';
import { PortalPage } from './portal-page';
import type { PlanView, UpdateView } from './update-view';

export const UpdatePage: FC<UpdateView & { problem?: string }> = ({
  visit,
  path,
  problem,
  present,
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
      {present && (
        <div class="stack-tight">
          <p class="row">
            <span class="plan-name">{present.name}</span>
            <span class="pill good">Current plan</span>
          </p>
          <p class="plan-price">{present.cost}</p>
          <p class="muted">This plan can no longer be chosen. You keep it until you switch.</p>
        </div>
      )}
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
